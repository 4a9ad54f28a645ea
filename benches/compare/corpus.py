#!/usr/bin/env python3
"""Makes up scraped news for benchmarks. The same arguments give the same bytes; towns, people and events are invented.

    corpus.py KIND MB > FILE        KIND: news, clean, listed, dense, or one of the hostile kinds; MB: 10^6 bytes

  news    articles of 9 to 28 paragraphs, a form feed between two articles. Three in ten have their title twice, one in
          four has the country's short name in two paragraphs, one in ten a cut paragraph, one in twenty an SSI marker
  clean   the same without any of these
  listed  clean, without blank lines
  dense   a fault in every line, no blank lines

Hostile kinds are one thing repeated without end: see HOSTILE.
"""
import random
import sys

TOWNS = ["Orrin", "Tesk Bay", "Marrowby", "Lunde", "Castle Vey", "Port Amble", "Drumlin", "Eskerton", "Salt Quay", "Öland Sound"]
PEOPLE = ["Imre Dalgaard", "Ruth Okonedo", "Tamsin Vey", "Pál Horvat", "Ines Quarrie", "Ada Fenwright", "Niko Sarantis", "Maud Ellery"]
BODIES = ["the harbour board", "the county council", "the ferry company", "the water authority", "the hospital trust", "the school board"]
MATTERS = ["the new tide gate", "the ferry fares", "the closed quarry", "the night bus", "the flood wall", "the fish market", "the pier tax"]
TITLES = [
    "{town} waits for an answer on {matter}",
    "Anger grows in {town} over {matter}",
    "Repairs to {matter} to start in {town}",
    "Two hurt as storm tears roofs off in {town}",
    "How {matter} divides {town}",
]
SENTENCES = [
    "Work on {matter} in {town} has been delayed for a third time, according to {body}.",
    "{person}, who speaks for {body}, said nobody had been told before Tuesday.",
    "“We were promised a decision by spring, and it’s autumn,” said {person}.",
    "The cost has risen to {n} million since the first plan was drawn up.",
    "About {n} people came to the meeting, more than the hall could hold.",
    "A report that was published last year found {n} cracks in the north wall.",
    "Trains to {town} were late by up to {n} minutes.",
    "Asked whether the vote would be repeated, {person} shook his head and left.",
    "There were no boats on the water when the gale reached {town} at noon.",
    "Shops near the bridge say that trade has fallen by {n} per cent.",
    "Neither side expects an agreement before the summer.",
]
COUNTRY = [
    "Half of the steel comes from the USA, the rest from {town}.",
    "A firm from the U.S.A. has offered to buy the quarry.",
    "Talks with US officials will begin in {town} on Friday.",
    "{person} taught in the US before coming to {town}.",
]
CUTS = [
    "Drivers were told to leave the road, and those who could not were led to the",
    "{person} said the board had known of the fault since the day when the…",
    "The wall could hold for another winter, she said, if the U.S.",
    "The inquiry, which was opened in March, has heard from {n} witnesses and… Read more",
]
MARKERS = [
    *(f"[an error occurred while processing {article} directive]" for article in ("this", "the")),
    '<!--#include virtual="/parts/foot.html" -->',
]
TITLE = "Marrowby waits for an answer on the flood wall"
HOSTILE = {
    "one-line": "Nobody has paid for the wall, and nobody will. ",
    "country": "U.S. ",
    "chant": "USA! ",
    "brackets": "[",
    "half-markers": "[an error occurred while ",
    "markers": "[an error occurred while processing this directive] ",
    "openers": '<!--#if expr="\n',
    "titles": TITLE + "\n\n",
    "cuts": "and then they went to the\n\n",
    "blank": "\n",
    "letters": "a\n",
}


def fill(rng, pattern):
    text = pattern.format(
        town=rng.choice(TOWNS), person=rng.choice(PEOPLE), body=rng.choice(BODIES), matter=rng.choice(MATTERS), n=rng.randint(2, 90)
    )
    return text[0].upper() + text[1:]


def paragraph(rng):
    return " ".join(fill(rng, p) for p in rng.sample(SENTENCES, rng.randint(1, 3)))


def article(rng, faults):
    lines = [fill(rng, rng.choice(TITLES))] * (2 if faults and rng.random() < 0.3 else 1)
    first = len(lines) + 1
    lines += [paragraph(rng) for _ in range(rng.randint(9, 28))]
    if faults and rng.random() < 0.25:
        for at in rng.sample(range(first, len(lines)), 2):
            lines[at] = fill(rng, rng.choice(COUNTRY))
    if faults and rng.random() < 0.1:
        lines[rng.randrange(first, len(lines))] = fill(rng, rng.choice(CUTS))
    if faults and rng.random() < 0.05:
        lines.append(rng.choice(MARKERS))
    return "\n\n".join(lines) + "\n\f\n"


def dense_article(rng):
    title = fill(rng, rng.choice(TITLES))
    lines = [title, title]
    for _ in range(rng.randint(9, 28)):
        head, tail = paragraph(rng), fill(rng, rng.choice(COUNTRY))
        joint = f" {rng.choice(MARKERS)} " if rng.random() < 0.2 else " "
        lines.append(fill(rng, rng.choice(CUTS)) if rng.random() < 0.2 else head + joint + tail)
    return "\n".join(lines) + "\n\f\n"


def pieces(kind):
    """Text without end, piece by piece."""
    rng = random.Random(7)
    block = HOSTILE.get(kind, "") * 2000
    while True:
        text = block or (dense_article(rng) if kind == "dense" else article(rng, kind == "news"))
        yield text.replace("\n\n", "\n") if kind == "listed" else text


def write(kind, size, out):
    written = 0
    for piece in pieces(kind):
        data = piece.encode()[: size - written] if kind in HOSTILE else piece.encode()
        written += out.write(data)
        if written >= size:
            return


if __name__ == "__main__":
    if len(sys.argv) != 3 or sys.argv[1] not in {"news", "clean", "listed", "dense", *HOSTILE}:
        sys.exit(__doc__)
    write(sys.argv[1], int(float(sys.argv[2]) * 1e6), sys.stdout.buffer)
