//! The evidence for a headline, and what each piece is worth: the table that `title` adds up.
//!
//! The weights are those of a conditional logit (the candidates of a text against each other and against "none"),
//! fitted with an L2 penalty to 580 scraped pages whose headline and lead are known. Fitted to seven eighths of them,
//! they find 87 of 100 headlines of the last eighth and claim none in 76 of 100 texts without one; `None` has 0.2 more
//! than was fitted, which leaves 1 headline of 50 unclaimed to claim 1 less where there is none. The lead's, fitted
//! to one half, make the right summary of 61 and 64 of 100 texts of the other half; whole lines of the text could of 87.
//! More evidence than this, pairs of it, and forests of trees over it were tried: none gained a point.
//!
//! `Recurs` and `FoldersPlace` need a folder, which those pages have not. They were chosen from eight settings on
//! folders of eight pages that were given the head and foot of one of them: knowing the folder finds 89 instead of 85
//! of 100 headlines there, is sure of 78 instead of 68, and claims none in 76 instead of 82 of 100 texts without one,
//! whose remaining lines look the more like a headline the less furniture stands around them.

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
    First 0.91 "the first line of headline shape"
    Second 0.22 "the second line of headline shape"
    Third 0.09 "the third line of headline shape"
    Later -1.26 "several lines of headline shape stand above"
    Repeated 0.02 "repeated in the text"
    ShortRepeated 0.41 "short and repeated in the text"
    BreadcrumbEnd 0.58 "the end of the breadcrumb"
    InsideOther 0.41 "part of another line"
    NoOverlap -1.19 "no word of it in the body"
    LowOverlap -0.41 "few words of it in the body"
    SomeOverlap 0.10 "some words of it in the body"
    HighOverlap 0.47 "most words of it in the body"
    FullOverlap 0.18 "all words of it in the body"
    NoContentWords -0.45 "no word that carries meaning"
    OverlapWithLead 0.51 "shares words with the lead"
    OneWord -0.21 "one word"
    TwoWords 0.00 "two words"
    ThreeWords -0.11 "three words"
    FewWords -0.03 "four or five words"
    HeadlineLength 0.05 "as long as headlines are"
    Long -0.31 "longer than most headlines"
    VeryLong -0.71 "much longer than headlines are"
    EndsWithStop -1.15 "ends with a full stop"
    EndsWithQuestion 0.77 "ends with a question or exclamation mark"
    EndsWithColon -0.43 "ends with a colon or comma"
    EndsWithEllipsis -0.38 "ends with an ellipsis"
    SeveralSentences -0.25 "several sentences"
    ShortCapitals -0.32 "a few words in capitals"
    Capitals 0.10 "in capitals"
    StartsLower -0.59 "starts in lower case"
    List -0.34 "a list of words"
    NameLike -0.27 "looks like a name"
    Digits -0.11 "holds digits"
    HoldsDate -0.85 "holds a date"
    IsParagraph -0.99 "a paragraph"
    IsByline -0.20 "a byline"
    IsCredit -0.68 "the credit or caption of a picture"
    IsRelated -0.08 "a link to another article"
    IsNotice -0.25 "a notice of the page"
    InnerColon 0.21 "two parts, as headlines have"
    Quotes -0.10 "quotes somebody"
    Separators -0.40 "holds separators"
    ListItem -0.41 "an item of a list"
    BeforeByline 0.22 "a byline follows"
    BeforeDate 0.66 "a date follows"
    BeforePicture -0.23 "a picture follows"
    BeforeLonger 0.02 "a longer line follows"
    BeforeButton -0.51 "buttons follow"
    BeforeParagraph -0.24 "a paragraph follows"
    BeforeSentence -0.37 "a sentence follows"
    BeforeShort -0.09 "a short line follows"
    BeforeHeadline 0.30 "another line of headline shape follows"
    BeforeOther -0.14 "furniture follows"
    IsLast -0.05 "nothing follows"
    AfterShort 0.47 "a short line precedes"
    AtTop 0.63 "at the top"
    AfterDate -0.02 "a date or byline precedes"
    AfterBreadcrumb 0.45 "a breadcrumb precedes"
    AfterParagraph -0.73 "a paragraph precedes"
    AfterRelated -0.06 "a link to another article precedes"
    AfterButton -0.13 "buttons precede"
    AfterPicture -0.24 "a picture precedes"
    InMenu -0.26 "among short lines"
    DateSoonAfter 0.41 "a date or byline soon follows"
    HeadsSection -0.96 "heads a section of the body"
    Distance2 0.08 "near the first paragraph"
    Distance6 0.21 "some lines above the first paragraph"
    Distance14 0.68 "far above the first paragraph"
    DistanceFar -0.07 "no paragraph below"
    OneParagraphAbove -0.94 "a paragraph stands above"
    ParagraphsAbove -1.03 "paragraphs stand above"
    BelowCaption 0.13 "below a sentence that opens the text as captions do"
    MostShared 0.77 "shares more words with the body than any other line"
    Complete 0.45 "a line with the length and the end of a headline"
    Recurs -1.50 "recurs in the folder"
    FoldersPlace 0.50 "where the folder's headlines stand"
    Longest 0.10 "the longest line of the head"
    None 1.51 "no headline"
    NoneParagraphFirst 0.78 "a paragraph opens the text"
    NoneNothingAbove 0.05 "nothing of headline shape above the first paragraph"
    NoneOneAbove -0.05 "one line of headline shape above the first paragraph"
    NoneNoParagraph 0.09 "no paragraph"
    NoneNoCandidate -0.10 "no line of headline shape"
    NoneStartsInside 0.82 "opens with a credit, date or byline"
    NoneStartsAbove 0.51 "opens with a credit, date or byline, and lines of headline shape follow"
}

evidence! {
    LEAD of Lead:
    FirstLong 2.03 "the first line as long as a paragraph"
    SecondLong 0.64 "the second line as long as a paragraph"
    ThirdLong -0.40 "the third line as long as a paragraph"
    LaterLong -1.66 "several lines as long as paragraphs stand above"
    OpensUntitled 0.19 "no headline above"
    First 0.43 "the first paragraph"
    Second 0.48 "the second paragraph"
    Third -0.16 "the third paragraph"
    Later -0.98 "a later paragraph"
    Under60 -0.61 "very short"
    Under250 0.35 "as long as leads are"
    Long 0.20 "long"
    OneSentence -0.30 "one sentence"
    EndsOpen -1.16 "no mark at the end"
    EndsClause 0.25 "ends with a colon or comma"
    BeforeParagraph 0.22 "a paragraph follows"
    BeforeSentence 0.11 "a sentence follows"
    BeforeDate -0.53 "a date follows"
    BeforeByline 0.15 "a byline follows"
    BeforePicture -0.41 "a picture follows"
    HeaderBelow -0.21 "date or byline stand below"
    BodyFollows 0.26 "two paragraphs follow"
    Lonely -0.15 "no paragraph follows soon"
    BelowTitle 0.19 "right below the headline"
    AfterPicture 0.98 "right below a picture"
    AfterButton -0.20 "right below buttons"
    AfterParagraph -0.82 "right below a paragraph"
    AfterSentence -0.39 "right below a sentence"
    AfterShort -0.14 "right below a short line"
    OpensText 0.24 "opens the text"
    SharesTitle 0.20 "shares words with the headline"
    Dateline 0.25 "opens with a place and a dash"
    NamedDateline 1.71 "opens with a place in capitals or an agency"
    LowerOpening -0.27 "opens in lower case"
}
