//! The evidence for a headline, and what each piece is worth: the table that `title` adds up.
//!
//! The weights are those of a conditional logit (candidates of a text against each other and against "none"), fitted to
//! 580 scraped pages whose headline is known, with an L2 penalty; figures of the fit stand in the tests.

/// One row per piece of evidence: its name, its weight, and its words for `explain`.
macro_rules! evidence {
    ($($name:ident $weight:literal $words:literal)*) => {
        /// A piece of evidence for or against a headline.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Evidence { $($name),* }

        /// All of them in the order of their declaration.
        pub(super) const EVIDENCE: &[(Evidence, f32, &str)] = &[$((Evidence::$name, $weight, $words)),*];
    };
}

evidence! {
    First 1.39 "the first line of headline shape"
    Second 0.74 "the second line of headline shape"
    Third 0.51 "the third line of headline shape"
    Later -1.43 "several lines of headline shape stand above"
    Repeated 0.04 "repeated in the text"
    ShortRepeated 0.55 "short and repeated in the text"
    BreadcrumbEnd 0.73 "the end of the breadcrumb"
    InsideOther 0.79 "part of another line"
    NoOverlap -1.33 "no word of it in the body"
    LowOverlap -0.49 "few words of it in the body"
    SomeOverlap 0.33 "some words of it in the body"
    HighOverlap 0.78 "most words of it in the body"
    FullOverlap 0.51 "all words of it in the body"
    NoContentWords -0.67 "no word that carries meaning"
    OverlapWithLead 0.61 "shares words with the lead"
    OneWord -0.38 "one word"
    TwoWords 0.00 "two words"
    ThreeWords -0.51 "three words"
    FewWords 0.07 "four or five words"
    HeadlineLength 0.67 "as long as headlines are"
    Long 0.03 "longer than most headlines"
    VeryLong -0.74 "much longer than headlines are"
    EndsWithStop -1.90 "ends with a full stop"
    EndsWithQuestion 0.32 "ends with a question or exclamation mark"
    EndsWithColon -0.69 "ends with a colon or comma"
    EndsWithEllipsis -0.86 "ends with an ellipsis"
    SeveralSentences -0.23 "several sentences"
    ShortCapitals -0.56 "a few words in capitals"
    Capitals 0.13 "in capitals"
    StartsLower -0.72 "starts in lower case"
    List -0.59 "a list of words"
    NameLike -0.30 "looks like a name"
    Digits -0.01 "holds digits"
    HoldsDate -1.25 "holds a date"
    IsParagraph -1.34 "a paragraph"
    IsByline -0.30 "a byline"
    IsCredit -0.94 "the credit or caption of a picture"
    IsRelated -0.15 "a link to another article"
    IsNotice -0.54 "a notice of the page"
    InnerColon 0.33 "two parts, as headlines have"
    Quotes -0.08 "quotes somebody"
    Separators -0.88 "holds separators"
    ListItem -0.63 "an item of a list"
    BeforeByline 0.44 "a byline follows"
    BeforeDate 0.59 "a date follows"
    BeforePicture -0.33 "a picture follows"
    BeforeButton -0.67 "buttons follow"
    BeforeParagraph -0.38 "a paragraph follows"
    BeforeSentence -0.41 "a sentence follows"
    BeforeShort -0.10 "a short line follows"
    BeforeHeadline 0.17 "another line of headline shape follows"
    BeforeOther -0.13 "furniture follows"
    IsLast -0.05 "nothing follows"
    AtTop 0.41 "at the top"
    AfterDate 0.31 "a date or byline precedes"
    AfterBreadcrumb 0.59 "a breadcrumb precedes"
    AfterParagraph -1.11 "a paragraph precedes"
    AfterRelated -0.09 "a link to another article precedes"
    AfterButton -0.05 "buttons precede"
    AfterPicture -0.08 "a picture precedes"
    InMenu -0.43 "among short lines"
    DateSoonAfter 0.39 "a date or byline soon follows"
    Distance0 -0.38 "right above the first paragraph"
    Distance2 -0.27 "near the first paragraph"
    Distance6 -0.22 "some lines above the first paragraph"
    Distance14 0.49 "far above the first paragraph"
    DistanceFar -0.47 "no paragraph below"
    OneParagraphAbove -1.38 "a paragraph stands above"
    ParagraphsAbove -1.49 "paragraphs stand above"
    Longest -0.53 "the longest line of the head"
    None 0.86 "no headline"
    NoneParagraphFirst 0.85 "a paragraph opens the text"
    NoneNothingAbove -0.21 "nothing of headline shape above the first paragraph"
    NoneOneAbove -0.23 "one line of headline shape above the first paragraph"
    NoneNoParagraph 0.11 "no paragraph"
    NoneNoCandidate -0.40 "no line of headline shape"
    NoneStartsInside 1.14 "opens with a credit, date or byline"
}
