//! From bytes to text: BOM, UTF-8, a declared or guessed encoding; CR and CRLF to LF.
