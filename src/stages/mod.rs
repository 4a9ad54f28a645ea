//! The stages, in their order. Each is a folder; what decides about one text is pure and knows no window.
