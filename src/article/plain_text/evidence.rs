//! The evidence for a headline, and what each piece is worth: the table that `title` adds up.
//!
//! The weights are those of a conditional logit (candidates of a text against each other and against "none"), fitted to
//! 580 scraped pages whose headline is known, with an L2 penalty; figures of the fit stand in the tests.

/// One row per piece of evidence: its name, its weight, and its words for `explain`.
macro_rules! evidence {
    ($table:ident of $evidence:ident: $($name:ident $weight:literal $words:literal)*) => {
        /// A piece of evidence for or against a line.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $evidence { $($name),* }

        impl $evidence {
            /// What it adds to the sum.
            pub(super) fn weight(self) -> f32 {
                $table[self as usize].1
            }
        }

        /// All of them in the order of their declaration.
        pub(super) const $table: &[($evidence, f32, &str)] = &[$(($evidence::$name, $weight, $words)),*];
    };
}

evidence! {
    TITLE of Title:
    First 0.92 "the first line of headline shape"
    Second 0.19 "the second line of headline shape"
    Third 0.09 "the third line of headline shape"
    Later -1.29 "several lines of headline shape stand above"
    Repeated 0.01 "repeated in the text"
    ShortRepeated 0.45 "short and repeated in the text"
    BreadcrumbEnd 0.63 "the end of the breadcrumb"
    InsideOther 0.45 "part of another line"
    NoOverlap -1.18 "no word of it in the body"
    LowOverlap -0.41 "few words of it in the body"
    SomeOverlap 0.11 "some words of it in the body"
    HighOverlap 0.45 "most words of it in the body"
    FullOverlap 0.19 "all words of it in the body"
    NoContentWords -0.45 "no word that carries meaning"
    OverlapWithLead 0.53 "shares words with the lead"
    OneWord -0.20 "one word"
    TwoWords -0.01 "two words"
    ThreeWords -0.11 "three words"
    FewWords -0.00 "four or five words"
    HeadlineLength 0.06 "as long as headlines are"
    Long -0.31 "longer than most headlines"
    VeryLong -0.71 "much longer than headlines are"
    EndsWithStop -1.14 "ends with a full stop"
    EndsWithQuestion 0.79 "ends with a question or exclamation mark"
    EndsWithColon -0.43 "ends with a colon or comma"
    EndsWithEllipsis -0.38 "ends with an ellipsis"
    SeveralSentences -0.27 "several sentences"
    ShortCapitals -0.32 "a few words in capitals"
    Capitals 0.10 "in capitals"
    StartsLower -0.57 "starts in lower case"
    List -0.37 "a list of words"
    NameLike -0.26 "looks like a name"
    Digits -0.12 "holds digits"
    HoldsDate -0.95 "holds a date"
    IsParagraph -0.99 "a paragraph"
    IsByline -0.22 "a byline"
    IsCredit -0.60 "the credit or caption of a picture"
    IsRelated -0.08 "a link to another article"
    IsNotice -0.26 "a notice of the page"
    InnerColon 0.24 "two parts, as headlines have"
    Quotes -0.10 "quotes somebody"
    Separators -0.53 "holds separators"
    ListItem -0.44 "an item of a list"
    BeforeByline 0.40 "a byline follows"
    BeforeDate 0.55 "a date follows"
    BeforePicture -0.29 "a picture follows"
    BeforeLonger -0.01 "a longer line follows"
    BeforeButton -0.53 "buttons follow"
    BeforeParagraph -0.24 "a paragraph follows"
    BeforeSentence -0.28 "a sentence follows"
    BeforeShort -0.11 "a short line follows"
    BeforeHeadline 0.30 "another line of headline shape follows"
    BeforeOther -0.16 "furniture follows"
    IsLast -0.05 "nothing follows"
    AfterShort 0.46 "a short line precedes"
    AtTop 0.59 "at the top"
    AfterDate 0.01 "a date or byline precedes"
    AfterBreadcrumb 0.50 "a breadcrumb precedes"
    AfterParagraph -0.74 "a paragraph precedes"
    AfterRelated -0.06 "a link to another article precedes"
    AfterButton -0.13 "buttons precede"
    AfterPicture -0.22 "a picture precedes"
    InMenu -0.28 "among short lines"
    DateSoonAfter 0.44 "a date or byline soon follows"
    HeadsSection -0.98 "heads a section of the body"
    Distance2 0.09 "near the first paragraph"
    Distance6 0.23 "some lines above the first paragraph"
    Distance14 0.67 "far above the first paragraph"
    DistanceFar -0.07 "no paragraph below"
    OneParagraphAbove -0.95 "a paragraph stands above"
    ParagraphsAbove -1.02 "paragraphs stand above"
    BelowCaption 0.13 "below a sentence that opens the text as captions do"
    MostShared 0.77 "shares more words with the body than any other line"
    Complete 0.46 "a line with the length and the end of a headline"
    Longest 0.12 "the longest line of the head"
    None 1.28 "no headline"
    NoneParagraphFirst 0.78 "a paragraph opens the text"
    NoneNothingAbove 0.01 "nothing of headline shape above the first paragraph"
    NoneOneAbove 0.00 "one line of headline shape above the first paragraph"
    NoneNoParagraph 0.09 "no paragraph"
    NoneNoCandidate -0.08 "no line of headline shape"
    NoneStartsInside 0.80 "opens with a credit, date or byline"
    NoneStartsAbove 0.50 "opens with a credit, date or byline, and lines of headline shape follow"
}

evidence! {
    LEAD of Lead:
    First 2.05 "the first paragraph"
    Second 1.04 "the second paragraph"
    Third -0.68 "the third paragraph"
    Later -2.18 "a later paragraph"
    Sentence 1.11 "a short sentence"
    Short 0.93 "a line without a full stop"
    Under60 -1.28 "very short"
    Under120 0.89 "short"
    Under250 1.53 "as long as leads are"
    Long 1.41 "long"
    OneSentence -0.16 "one sentence"
    EndsOpen -0.75 "no mark at the end"
    EndsClause 0.11 "ends with a colon or comma"
    EndsQuestion 0.23 "ends with a question"
    BeforeParagraph 0.36 "a paragraph follows"
    BeforeSentence 0.35 "a sentence follows"
    BeforeDate -0.16 "a date follows"
    BeforeByline 0.60 "a byline follows"
    BeforePicture 0.00 "a picture follows"
    BeforeButton 0.45 "buttons follow"
    BeforeShort 0.38 "a short line follows"
    HeaderBelow -0.21 "date or byline stand below"
    BodyFollows 0.27 "two paragraphs follow"
    Lonely -0.07 "no paragraph follows soon"
    BelowTitle 0.21 "right below the headline"
    AfterDate 0.76 "right below date or byline"
    AfterPicture 1.54 "right below a picture"
    AfterButton 0.55 "right below buttons"
    AfterParagraph -0.97 "right below a paragraph"
    AfterSentence -0.44 "right below a sentence"
    AfterShort -0.02 "right below a short line"
    OpensText 0.93 "opens the text"
    SharesTitle 0.34 "shares words with the headline"
    Dateline 0.91 "opens with a place and a dash"
    Credit 0.01 "names a photographer"
    Notice 0.25 "a notice of the page"
    Quote -0.26 "opens with a quotation"
    LowerOpening -0.59 "opens in lower case"
    Same 0.35 "stands twice"
}
