//! Tables in Markdown, padded so that they are readable as they are.

/// A table. Columns from the `numbers`th on are numbers.
pub(crate) fn markdown(head: &[String], numbers: usize, rows: &[Vec<String>]) -> String {
    let chars = |cell: &String| cell.chars().count();
    let widths: Vec<usize> = (0..head.len())
        .map(|i| rows.iter().map(|row| chars(&row[i])).max().unwrap_or(0).max(chars(&head[i])))
        .collect();
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(i, (cell, &width))| {
            if i < numbers { format!("| {cell:<width$} ") } else { format!("| {cell:>width$} ") }
        });
        padded.collect::<String>() + "|\n"
    };
    let rule = widths.iter().enumerate().map(|(i, &width)| {
        let colon = if i < numbers { '-' } else { ':' };
        format!("|{}{colon}", "-".repeat(width + 1))
    });
    let rule = rule.collect::<String>() + "|\n";
    let rows: String = rows.iter().map(|row| line(row)).collect();
    line(head) + &rule + &rows
}
