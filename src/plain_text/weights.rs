//! The evidence for a headline and for a lead, each piece with its weight. `title` and `lead` add the weights up.
//!
//! **What was measured.** 580 texts scraped from news and blog pages, labeled with headline and lead: 405 contain their
//! headline as a line, 164 do not contain it at all, and in 11 it is part of a longer line.
//!
//! **Headline.** The weights are those of a conditional logit: the lines of a text compete with each other and with "no
//! headline", and the model is fitted by maximum likelihood with an L2 penalty. With the weights of seven eighths of
//! the texts, 87 of 100 headlines of the remaining eighth are found, and no headline is claimed for 76 of 100 texts
//! without one. `None` is 0.2 above its fitted value: this leaves 1 headline of 50 unclaimed, and avoids 1 false claim
//! in 50.
//!
//! **Lead.** Fitted in the same way, without "no lead". With the weights of one half of the texts, 61 and 64 of 100
//! texts of the other half get the right summary. 87 is the most that is possible: the other leads are not a line of
//! the text.
//!
//! More features, pairs of features, and forests of decision trees were tried. None of them gained a point.
//!
//! **Recurring lines.** `Recurring` and `UsualLine` need a folder of texts from one site, and the labeled texts are of
//! different sites. Their weights were chosen from eight settings on folders of eight texts which were given the header
//! and footer lines of one of them. With a folder, 89 instead of 85 of 100 headlines are found there, and 78 instead of
//! 68 with a confidence of at least a half. In return, no headline is claimed for 76 instead of 82 of 100 texts without
//! one: with less boilerplate around them, the remaining lines look more like headlines.
//!
//! **To refit** after a change of the features or with more labeled texts: `tests/weights/README.md`.

/// One row per feature: its name, its weight, and its words for `explain`.
macro_rules! features {
    ($table:ident: [$feature:ident] $($name:ident $weight:literal $words:literal)*) => {
        /// A property of a line, as evidence for or against it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $feature { $($name),* }

        impl $feature {
            /// What it adds to the score of a line, in log odds.
            pub(super) fn weight(self) -> f32 {
                $table[self as usize].1
            }
        }

        /// All features, in the order of their declaration.
        pub(super) const $table: &[($feature, f32, &str)] = &[$(($feature::$name, $weight, $words)),*];
    };
}

features! {
    TITLE_FEATURES: [TitleFeature]
    First 0.91 "the first line of headline shape"
    Second 0.22 "the second line of headline shape"
    Third 0.09 "the third line of headline shape"
    Later -1.26 "several lines of headline shape above"
    Repeated 0.02 "repeated in the text"
    ShortRepeated 0.41 "short and repeated in the text"
    BreadcrumbEnd 0.58 "the end of the breadcrumb"
    InsideOther 0.41 "part of another line"
    NoOverlap -1.19 "none of its words in the body"
    LowOverlap -0.41 "few of its words in the body"
    SomeOverlap 0.10 "some of its words in the body"
    HighOverlap 0.47 "most of its words in the body"
    FullOverlap 0.18 "all of its words in the body"
    NoContentWords -0.45 "no word of four or more letters"
    OverlapWithLead 0.51 "shares words with the lead"
    OneWord -0.21 "one word"
    TwoWords 0.00 "two words"
    ThreeWords -0.11 "three words"
    FewWords -0.03 "four or five words"
    HeadlineLength 0.05 "the usual length of a headline"
    Long -0.31 "longer than most headlines"
    VeryLong -0.71 "much longer than a headline"
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
    Digits -0.11 "contains digits"
    ContainsDate -0.85 "contains a date"
    IsParagraph -0.99 "a paragraph"
    IsByline -0.20 "a byline"
    IsCredit -0.68 "the credit or caption of a picture"
    IsRelated -0.08 "a link to another article"
    IsNotice -0.25 "a notice of the page"
    InnerColon 0.21 "two parts, as headlines have"
    Quotes -0.10 "a quotation"
    Separators -0.40 "contains separators"
    ListItem -0.41 "a list item"
    BeforeByline 0.22 "a byline follows"
    BeforeDate 0.66 "a date follows"
    BeforePicture -0.23 "a picture follows"
    BeforeLonger 0.02 "a longer line follows"
    BeforeButton -0.51 "buttons follow"
    BeforeParagraph -0.24 "a paragraph follows"
    BeforeSentence -0.37 "a sentence follows"
    BeforeShort -0.09 "a short line follows"
    BeforeHeadline 0.30 "another line of headline shape follows"
    BeforeOther -0.14 "boilerplate follows"
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
    OneParagraphAbove -0.94 "one paragraph above"
    ParagraphsAbove -1.03 "several paragraphs above"
    BelowCaption 0.13 "below the caption at the top of the text"
    MostShared 0.77 "shares more words with the body than any other line"
    Complete 0.45 "the length of a headline, and no colon at its end"
    Recurring -1.50 "also in other texts of the folder"
    UsualLine 0.50 "on the usual line for headlines in the folder"
    Longest 0.10 "the longest line above the body"
    None 1.51 "no headline"
    NoneParagraphFirst 0.78 "the text starts with a paragraph"
    NoneNothingAbove 0.05 "nothing of headline shape above the first paragraph"
    NoneOneAbove -0.05 "one line of headline shape above the first paragraph"
    NoneNoParagraph 0.09 "no paragraph"
    NoneNoCandidate -0.10 "no line of headline shape"
    NoneStartsInside 0.82 "the text starts with a credit, date or byline"
    NoneStartsAbove 0.51 "the text starts with a credit, date or byline, and lines of headline shape follow"
}

features! {
    LEAD_FEATURES: [LeadFeature]
    FirstLong 2.03 "the first line as long as a paragraph"
    SecondLong 0.64 "the second line as long as a paragraph"
    ThirdLong -0.40 "the third line as long as a paragraph"
    LaterLong -1.66 "several lines as long as a paragraph above"
    OpensUntitled 0.19 "no headline above"
    First 0.43 "the first paragraph"
    Second 0.48 "the second paragraph"
    Third -0.16 "the third paragraph"
    Later -0.98 "a later paragraph"
    Under60 -0.61 "very short"
    Under250 0.35 "the usual length of a lead"
    Long 0.20 "long"
    OneSentence -0.30 "one sentence"
    EndsOpen -1.16 "no punctuation at the end"
    EndsClause 0.25 "ends with a colon or comma"
    BeforeParagraph 0.22 "a paragraph follows"
    BeforeSentence 0.11 "a sentence follows"
    BeforeDate -0.53 "a date follows"
    BeforeByline 0.15 "a byline follows"
    BeforePicture -0.41 "a picture follows"
    DateOrBylineBelow -0.21 "a date or byline soon follows"
    BodyFollows 0.26 "two paragraphs follow"
    NoParagraphSoon -0.15 "no paragraph soon follows"
    BelowTitle 0.19 "right below the headline"
    AfterPicture 0.98 "right below a picture"
    AfterButton -0.20 "right below buttons"
    AfterParagraph -0.82 "right below a paragraph"
    AfterSentence -0.39 "right below a sentence"
    AfterShort -0.14 "right below a short line"
    OpensText 0.24 "the first line of the text"
    SharesTitle 0.20 "shares words with the headline"
    Dateline 0.25 "starts with a place and a dash"
    AgencyDateline 1.71 "starts with a place in capitals or an agency"
    StartsLower -0.27 "starts in lower case"
}
