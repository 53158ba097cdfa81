//! The features that are evidence for or against a headline or a lead, with their weights. `title` and `lead` add up
//! the weights.
//!
//! **Labeled texts.** The weights are based on 580 texts that were scraped from news and blog pages and labeled with
//! their headline and lead. In 405 of them, the headline is a line of the text; in 164, the text does not contain the
//! headline; in 11, the headline is part of a longer line.
//!
//! **Headline.** The weights of headline features are the coefficients of a conditional logit model: the lines in a
//! text compete with each other and with "no headline", and the model is fitted by maximum likelihood with an L2
//! penalty. In cross-validation with eight folds, such a model finds 87% of the headlines, and correctly finds no
//! headline in 78% of the texts without one. The weight of `None` is set 0.2 above its fitted value. This change loses
//! one headline in 50, and avoids one false headline in 50.
//!
//! **Lead.** The weights of lead features were fitted in the same way, except that there was no alternative "no lead",
//! and that an earlier set of labels was used, which was not kept. These weights find the lead in 73% of the 580
//! texts. Weights refitted to the current labels find 72% of the leads in cross-validation. No weights can find more
//! than 94%, because in the remaining texts, the labeled lead is not among the candidates.
//!
//! More features, pairs of features, and ensembles of decision trees were also tried. None of them improved the result
//! by even one percentage point.
//!
//! **Recurring lines.** The features `Recurring` and `UsualLine` require a folder of texts from one site, but the
//! labeled texts are from different sites. So the weights of these two features are not fitted. Eight pairs of weights
//! were tested, and the best pair was chosen. Each test folder contained eight labeled texts, and the header and footer
//! lines of one of the eight were added to all of them. With the two features, the share of headlines found increases
//! from 85% to 89%, and the share of headlines with a confidence of at least one half from 68% to 78%. However,
//! false headlines become more frequent: among the texts without a headline, the share in which none is found drops
//! from 82% to 76%, because once the boilerplate is recognized, the remaining lines look more like headlines.
//!
//! **Refitting.** `tests/weights/README.md` describes how to refit the weights, for example after a change to the
//! features or with more labeled texts.

/// One row per feature: its name, its weight, and the text that `explain` shows.
macro_rules! features {
    ($table:ident: [$feature:ident] $($name:ident $weight:literal $words:literal)*) => {
        /// A property that is evidence for or against a candidate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum $feature { $($name),* }

        impl $feature {
            /// What the feature adds to a line's score, in log odds.
            pub(super) fn weight(self) -> f32 {
                $table[self as usize].1
            }
        }

        /// All features, in declaration order.
        pub(super) const $table: &[($feature, f32, &str)] = &[$(($feature::$name, $weight, $words)),*];
    };
}

features! {
    TITLE_FEATURES: [TitleFeature]
    First 0.91 "the first headline-like line"
    Second 0.22 "the second headline-like line"
    Third 0.09 "the third headline-like line"
    Later -1.26 "below several headline-like lines"
    Repeated 0.02 "repeated in the text"
    ShortRepeated 0.41 "short and repeated in the text"
    BreadcrumbEnd 0.58 "matches the end of the breadcrumb"
    InsideOther 0.41 "also part of another line"
    NoOverlap -1.19 "none of its words are in the body"
    LowOverlap -0.41 "few of its words are in the body"
    SomeOverlap 0.10 "some of its words are in the body"
    HighOverlap 0.47 "most of its words are in the body"
    FullOverlap 0.18 "all of its words are in the body"
    NoContentWords -0.45 "contains no word with four or more letters"
    OverlapWithLead 0.51 "shares words with the lead"
    OneWord -0.21 "one word"
    TwoWords 0.00 "two words"
    ThreeWords -0.11 "three words"
    FewWords -0.03 "four or five words"
    HeadlineLength 0.05 "the usual length of a headline"
    Long -0.31 "longer than most headlines"
    VeryLong -0.71 "much longer than a headline"
    EndsWithStop -1.15 "ends with a period"
    EndsWithQuestion 0.77 "ends with a question or exclamation mark"
    EndsWithColon -0.43 "ends with a colon or comma"
    EndsWithEllipsis -0.38 "ends with an ellipsis"
    SeveralSentences -0.25 "several sentences"
    ShortCapitals -0.32 "a few words in all capitals"
    Capitals 0.10 "in all capitals"
    StartsLower -0.59 "starts with a lowercase letter"
    List -0.34 "a list of words"
    NameLike -0.27 "looks like a name"
    Digits -0.11 "contains digits"
    ContainsDate -0.85 "contains a date"
    IsParagraph -0.99 "a paragraph"
    IsByline -0.20 "a byline"
    IsCredit -0.68 "a picture credit or caption"
    IsRelated -0.08 "a link to another article"
    IsNotice -0.25 "a notice from the site"
    InnerColon 0.21 "has two parts, like many headlines"
    Quotes -0.10 "a quotation"
    Separators -0.40 "contains separators"
    ListItem -0.41 "a list item"
    BeforeByline 0.22 "followed by a byline"
    BeforeDate 0.66 "followed by a date"
    BeforePicture -0.23 "followed by a picture"
    BeforeLonger 0.02 "followed by a longer line"
    BeforeButton -0.51 "followed by buttons"
    BeforeParagraph -0.24 "followed by a paragraph"
    BeforeSentence -0.37 "followed by a sentence"
    BeforeShort -0.09 "followed by a short line"
    BeforeHeadline 0.30 "followed by another headline-like line"
    BeforeOther -0.14 "followed by boilerplate"
    IsLast -0.05 "the last line"
    AfterShort 0.47 "below a short line"
    AtTop 0.63 "at the top"
    AfterDate -0.02 "below a date or byline"
    AfterBreadcrumb 0.45 "below a breadcrumb"
    AfterParagraph -0.73 "below a paragraph"
    AfterRelated -0.06 "below a link to another article"
    AfterButton -0.13 "below buttons"
    AfterPicture -0.24 "below a picture"
    InMenu -0.26 "among short lines"
    DateSoonAfter 0.41 "soon followed by a date or byline"
    HeadsSection -0.96 "a section heading in the body"
    Distance2 0.08 "near the first paragraph"
    Distance6 0.21 "a few lines above the first paragraph"
    Distance14 0.68 "far above the first paragraph"
    DistanceFar -0.07 "no paragraph below"
    OneParagraphAbove -0.94 "one paragraph above"
    ParagraphsAbove -1.03 "several paragraphs above"
    BelowCaption 0.13 "below the caption at the top of the text"
    MostShared 0.77 "shares more words with the body than any other line"
    Complete 0.45 "the usual length of a headline, with no colon at the end"
    Recurring -1.50 "also occurs in other articles in the folder"
    UsualLine 0.50 "on the line where this folder's headlines usually are"
    Longest 0.10 "the longest line above the body"
    None 1.51 "no headline"
    NoneParagraphFirst 0.78 "the text starts with a paragraph"
    NoneNothingAbove 0.05 "no headline-like line above the first paragraph"
    NoneOneAbove -0.05 "one headline-like line above the first paragraph"
    NoneNoParagraph 0.09 "no paragraph"
    NoneNoCandidate -0.10 "no headline-like line"
    NoneStartsInside 0.82 "the text starts with a credit, date or byline"
    NoneStartsAbove 0.51 "the text starts with a credit, date or byline, and headline-like lines follow"
}

features! {
    LEAD_FEATURES: [LeadFeature]
    FirstLong 2.03 "the first paragraph-length line"
    SecondLong 0.64 "the second paragraph-length line"
    ThirdLong -0.40 "the third paragraph-length line"
    LaterLong -1.66 "below several paragraph-length lines"
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
    BeforeParagraph 0.22 "followed by a paragraph"
    BeforeSentence 0.11 "followed by a sentence"
    BeforeDate -0.53 "followed by a date"
    BeforeByline 0.15 "followed by a byline"
    BeforePicture -0.41 "followed by a picture"
    DateOrBylineBelow -0.21 "soon followed by a date or byline"
    BodyFollows 0.26 "soon followed by at least two paragraphs"
    NoParagraphSoon -0.15 "no paragraph in the next few lines"
    BelowTitle 0.19 "right below the headline"
    AfterPicture 0.98 "right below a picture"
    AfterButton -0.20 "right below buttons"
    AfterParagraph -0.82 "right below a paragraph"
    AfterSentence -0.39 "right below a sentence"
    AfterShort -0.14 "right below a short line"
    OpensText 0.24 "the first line of the text"
    SharesTitle 0.20 "shares words with the headline"
    Dateline 0.25 "starts with a place name and a dash"
    AgencyDateline 1.71 "starts with a place name in capitals, or names a news agency before the dash"
    StartsLower -0.27 "starts with a lowercase letter"
}
