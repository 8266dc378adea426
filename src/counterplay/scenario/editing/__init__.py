"""Writing scenario files: drafts, edits that keep the rest of the text, tables, differences."""
