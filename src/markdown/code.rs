//! Determines which lines are code: the lines of fenced and of indented code blocks.

/// The marker that closes a fenced code block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fence {
    pub(super) marker: u8,
    /// The minimum number of marker characters in the closing fence.
    pub(super) length: usize,
}

/// The fence of the code block that a line opens, even if the line is inside a quote or a list item.
pub(super) fn opens_fence(line: &str) -> Option<Fence> {
    let text = line.trim_start_matches([' ', '>', '\t', '-', '*', '+']);
    let marker = *text.as_bytes().first().filter(|marker| matches!(marker, b'`' | b'~'))?;
    let length = text.bytes().take_while(|byte| *byte == marker).count();
    // If the rest of the line contains a backtick, the line starts with a code span, not with a fence (CommonMark 0.31,
    // section 4.5).
    (length >= 3 && !(marker == b'`' && text[length..].contains('`'))).then_some(Fence { marker, length })
}

/// Whether a line closes the code block.
pub(super) fn closes_fence(line: &str, fence: Fence) -> bool {
    let text = line.trim_start_matches([' ', '>', '\t']).trim_end();
    // A closing fence is at least as long as the opening fence and has no info string (CommonMark 0.31, section 4.5).
    text.len() >= fence.length && text.bytes().all(|byte| byte == fence.marker)
}

/// Tracks whether lines are indented code. In a list, indentation continues an item instead.
#[derive(Default)]
pub(super) struct IndentedCode {
    /// Whether the most recent line is code.
    pub(super) is_code: bool,
    is_below_text: bool,
    is_in_list: bool,
}

impl IndentedCode {
    /// Updates the state for the next line.
    pub(super) fn update(&mut self, line: &str) {
        let text = line.trim_start();
        if text.is_empty() {
            self.is_below_text = false;
            return;
        }
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_item = text.starts_with(['-', '*', '+']) || digits > 0 && text[digits..].starts_with(['.', ')']);
        // Indented code cannot interrupt a paragraph (CommonMark 0.31, section 4.4).
        self.is_code = is_indented && !self.is_in_list && (self.is_code || !self.is_below_text);
        if !is_indented && is_item {
            self.is_in_list = true;
        } else if !line.starts_with([' ', '\t']) && !self.is_below_text {
            self.is_in_list = false;
        }
        self.is_below_text = true;
    }
}
