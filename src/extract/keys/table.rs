//! The front matter keys that authors use for each field, in order of preference, in several languages.
//!
//! Names are squashed (lower case, letters and digits only), so `date-modified`, `dateModified` and `Date Modified`
//! are one name. Names after `|` are secondary: they are meant for a platform, a short form or another purpose.
//! They were collected from the documentation of generators and from the front matter of 29 real sites.

use super::Target;

/// Every field with the names of its key.
pub(super) const ALIASES: &[(Target, &str)] = &[
    (
        Target::Title,
        "title posttitle articletitle pagetitle headertitle headline heading name newstitle entrytitle maintitle h1 \
         doctitle titre titel titolo título titulo tytuł заголовок название 标题 標題 タイトル 題名 제목 عنوان शीर्षक \
         başlık otsikko rubrik tittel cím judul tiêuđề nadpis naslov \
         | subject metatitle seotitle seometatitle ogtitle opengraphtitle twittertitle toctitle navtitle linktitle \
         shorttitle sidebarlabel",
    ),
    (
        Target::Published,
        "datepublished publishedat publisheddate publishedtime publishedon publishdate publishat publishtime pubdate \
         pubdatetime publicationdate dateofpublication firstpublished firstpublishedat datetime datespublished date \
         postdate posted postedon postedat posteddate pagedate articledate blogdate newsdate entrydate written \
         writtenon rsspubdate displaydate displayedpublishdate releasedate released published wfpublishedon issued \
         dcdate fecha fechapublicacion fechadepublicacion veröffentlicht veroeffentlicht veröffentlichtam \
         publié datedepublication datepublication datapubblicazione datadepublicacao datadepublicação publicado \
         pubblicato datapublikacji datum data дата датапубликации опубликовано 日期 发布时间 发布日期 發布日期 发表时间 \
         公開日 投稿日 投稿日時 日付 発行日 날짜 게시일 등록일 작성일 تاريخ दिनांक tarih dato päiväys dátum tanggal ngày \
         datumobjave julkaistu \
         | dategmt postdategmt created createdat createdon creationdate createddate createdate datecreated createtime \
         erstellt erstelltam 创建时间 作成日 day time timestamp startdate",
    ),
    (
        Target::Updated,
        "updated updatedat updatedon updateddate updatedate updatetime dateupdated lastmod lastmodified \
         lastmodifiedat lastmodifiedon lastmodifiedtime lastmodifieddate lastupdated lastupdatedat lastupdate \
         lastupdatedate lastupdatetime modified modifiedat modifieddate modifiedon modifiedtime datemodified \
         moddatetime moddate revised revisedon revisiondate edited editedat lastedited lasteditedtime wfupdatedon upd \
         postmodified aktualisiert geändert geaendert misajour miseajour modifié actualizado fechaactualizacion \
         modificado atualizado aggiornato modificato aktualizacja zaktualizowano обновлено изменено 更新时间 更新日期 \
         修改时间 最后更新 更新日 最終更新日 更新日時 수정일 최종수정 güncellendi | postmodifiedgmt changed mtime",
    ),
    (
        Target::Expires,
        "expires expiry expirydate expiredate expirationdate expiresat expireson dateexpires unpublishdate \
         unpublishon unpublishat validthrough validuntil ablaufdatum gültigbis",
    ),
    (
        Target::Summary,
        "summary description desc des pagedescription postdescription articledescription shortdescription excerpt \
         postexcerpt customexcerpt abstract dek deck standfirst lede teaser synopsis spoiler blurb tldr résumé chapo \
         chapô chapeau accroche zusammenfassung beschreibung kurzbeschreibung kurztext teasertext anreisser vorspann \
         resumen descripción descripcion entradilla bajada resumo descrição descricao sommario riassunto \
         descrizione samenvatting beschrijving omschrijving opis streszczenie zajawka описание краткое \
         краткоеописание аннотация анонс 摘要 简介 描述 概述 导语 摘錄 概要 要約 説明 リード 요약 설명 개요 الوصف özet \
         açıklama sammanfattning beskrivning kuvaus tiivistelmä leírás összefoglaló ringkasan deskripsi môtả tómtắt \
         | longdescription lead intro introduction einleitung resume snippet hook overview rssdescription \
         metadescription metadesc seodescription seometadescription ogdescription twitterdescription twitterdes \
         pinneddescription carddescription socialdescription subtitle subheading subhead tagline pagefirstp firstp \
         firstparagraph wffeaturedsnippet",
    ),
    (
        Target::Author,
        "author authors authorname by byline writer writers writtenby creator postedby postauthor articleauthor \
         blogauthor pageauthor reporter correspondent columnist journalist dccreator auteur auteurs autor autoren \
         verfasser redakteur autores redactor escritopor autrice autore autori schrijver автор авторы 作者 撰稿 \
         作家 著者 執筆者 筆者 ライター 작성자 저자 글쓴이 kirjoittaja författare forfatter yazar szerző penulis tácgiả \
         | contributor contributors createdby owner redazione 글",
    ),
    (
        Target::Image,
        "image imageurl images hero heroimage headerimage headeroverlayimage featureimage featuredimage featuredimg \
         cover coverimage coverimg coverurl banner bannerimage bannerimg img imgurl imgurlfull imagefull fullimage \
         postimage mainimage leadimage titleimage articleimage pageimage photo photourl picture pic featuredmedia \
         wffeaturedimage bild titelbild beitragsbild imagen imagendestacada portada imagem capa immagine copertina \
         afbeelding illustration obraz zdjęcie изображение картинка обложка 封面 封面图 图片 配图 頭圖 头图 \
         アイキャッチ 画像 이미지 대표이미지 resim kapak \
         | pageimagesrcrel ogimage opengraphimage socialimage shareimage twitterimage metaimage seoimage previewimage \
         cardimage headerteaser thumbnail thumbnailurl thumb thumburl vorschaubild vignette サムネイル 썸네일 poster splash \
         background backgroundimage bannercloudinaryid",
    ),
    (
        Target::Tags,
        "tags tag taglist keywords keyword metakeywords seokeywords topics topic labels label categories category \
         cats cat section sections newskeywords taxonomiestags taxonomiescategories taxonomytag taxonomycategory \
         filetags subjects themes motsclés étiquettes catégorie catégories rubrique schlagworte schlagwörter \
         schlüsselwörter stichworte kategorie kategorien etiquetas etiqueta categoría categorías palabrasclave temas \
         categorias palavraschave marcadores categoria categorie etichette trefwoorden tagi kategoria теги метки \
         ключевыеслова рубрика категория категории 标签 標籤 分类 分類 关键词 关键字 タグ カテゴリ カテゴリー キーワード 태그 \
         카테고리 분류 키워드 etiketler",
    ),
    (
        Target::Language,
        "lang language locale hreflang langcode languagecode oglocale htmllang inlanguage contentlanguage langue \
         sprache idioma lingua taal język язык 语言 語言 言語 언어 dil",
    ),
    (
        Target::Link,
        "canonical canonicalurl canonicallink relcanonical permalink url pageurl blogurl posturl articleurl link \
         fullurl newsurl seocanonical lien enlace 链接 | ogurl",
    ),
    (Target::Path, "path slug postslug urlslug"),
    (
        Target::Draft,
        "draft isdraft unpublished wip hidden private status publish published visibility unlisted listed",
    ),
    (Target::Id, "id guid uuid uid permalinkid cuid"),
    (
        Target::Enclosure,
        "enclosure enclosures attachment attachments audio audiofile audiourl mp3 podcast podcastfile podcasturl \
         episodefile episodeurl mediafile mediaurl download",
    ),
    (
        Target::EnclosureLength,
        "enclosurelength audiolength podcastlength podcastfilelength podcastfilesize audiosize filesize bytes \
         enclosuresize",
    ),
    (
        Target::EnclosureType,
        "enclosuretype audiotype podcasttype mimetype mediatype",
    ),
];

/// First parts of keys that describe a picture.
///
/// A front matter may name several pictures; the first part shows that `figure_author` and `figure_license` describe
/// the same one.
pub(super) const STEMS: &[&str] = &[
    "image",
    "images",
    "img",
    "hero",
    "heroimage",
    "header",
    "headerimage",
    "headeroverlayimage",
    "featureimage",
    "featuredimage",
    "featured",
    "feature",
    "cover",
    "coverimage",
    "banner",
    "bannerimage",
    "thumbnail",
    "thumb",
    "photo",
    "picture",
    "pic",
    "figure",
    "fig",
    "ogimage",
    "opengraphimage",
    "twitterimage",
    "socialimage",
    "bild",
    "titelbild",
    "foto",
    "imagen",
    "immagine",
    "titleimage",
    "leadimage",
    "mainimage",
    "postimage",
    "articleimage",
];

/// Last parts of such keys, and what they say about the picture.
pub(super) const DETAILS: &[(Target, &str)] = &[
    (Target::ImageAlt, "alt alttext alternative altdescription"),
    (Target::ImageCaption, "caption p description desc text title legend"),
    (
        Target::ImageCredit,
        "credit credits author by source photographer artist creator attribution copyright creditname authorname",
    ),
    (
        Target::ImageCreditUrl,
        "crediturl creditlink creditslink authorurl authorlink sourceurl sourcelink profileurl creditprofileurl photographerurl",
    ),
    (Target::ImageLicense, "license licence rights"),
    (Target::ImageLicenseUrl, "licenseurl licenceurl licenselink licencelink"),
];

/// Keys that describe the picture without such a first part.
pub(super) const PICTURE: &[(Target, &str)] = &[
    (Target::ImageAlt, "alt alttext"),
    (
        Target::ImageCaption,
        "caption figcaption bildunterschrift légende legende leyenda piedefoto didascalia legenda 图片说明",
    ),
    (
        Target::ImageCredit,
        "photographer credit credits copyrightimage creditphoto créditphoto crédit créditofoto bildquelle \
         bildnachweis fotograf fotografía 图片来源",
    ),
];

/// Maps whose keys set fields of the article itself: `extra.author`, `seo.description`.
pub(super) const PARENTS: &str = "extra params param meta metadata frontmatter page post article data custom info \
    taxonomies taxonomy dates seo og opengraph twitter social sitemap config";

/// Prefixes that do not change the meaning of a name: `page_title`, `og:description`, `articleDate`.
pub(super) const PREFIXES: &[&str] = &[
    "page", "post", "article", "blog", "news", "entry", "meta", "seo", "og", "twitter", "social", "header", "content",
    "wf", "dc", "my",
];
