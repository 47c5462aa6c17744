/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a format plugs into the readers.
 *
 * Adding a format "kili":
 * 1. Write hone-read-kili.c, which exports one `const HoneReaderClass hone_read_kili_class` (two formats of one family: two
 *    classes in one file). Its functions:
 *    sniff   looks at the first bytes (no I/O) and says how sure it is: 0 not mine; 30 could be; 60 looks like it;
 *            90 only this format has these members. The plain formats answer 10 to 25, so anything above wins over them.
 *    open    called once. May read settings, cards or whole files ahead (hone_source_load_json (), or a first pass with the
 *            walkers below and then hone_reader_rewind ()), drop sources that hold no records (hone_reader_keep_sources ()),
 *            set self->ontology, self->template and self->state, and say what was understood by hone_reader_describe ().
 *    next    gives the next record: take a value with hone_reader_next_json (), hone_reader_next_csv () or
 *            hone_reader_next_line (), make the record with hone_reader_new_record (), or refuse with hone_reader_refuse ().
 *    close   (nullable) frees self->state.
 * 2. The class is declared below and stands in the table of hone-reader.c; name the file in meson.build.
 * Records hold raw words: matching with the ontology, unknown-category, too-many-categories, UNABLE_TO_CLASSIFY as a skip and all
 * warnings about identity are the importer's and the store's. "No record at all" is told by hone_reader_next (). */
#pragma once

#include "hone-csv.h"
#include "hone-input.h"
#include "hone-json.h"
#include "hone-reader.h"
#include "hone-source.h"

G_BEGIN_DECLS

/* ---- what sniff () sees ---- */

typedef struct {
  const HoneSource *source;
  char             *text;        /* the first 64 KiB or more in UTF-8, NUL-terminated */
  gsize             length;
  gboolean          whole;       /* the file is not longer */
  GPtrArray        *values;      /* of HoneJson: the first 20 values or less; empty where it is no JSON */
  gboolean          is_list;     /* the values stand in a list */
  gboolean          is_json;     /* begins with [ or { */
  char            **cells;       /* (nullable): where not JSON, the cells of the first record */
  char              delimiter;
} HoneHead;

typedef struct {
  GPtrArray          *sources;   /* of HoneSource: all */
  GPtrArray          *heads;     /* of HoneHead: of the first files, at most 16 and not all of one ending */
  const HoneOntology *ontology;  /* (nullable): of the project */
} HoneSniff;

/* The first value of the first JSON file that has one; NULL where there is none. */
const HoneJson *hone_sniff_first_value (const HoneSniff    *sniff);
/* How many of the values of all heads are objects with all of these members (NULL-terminated), as a share 0 to 1. */
double          hone_sniff_share_with  (const HoneSniff    *sniff,
                                        const char * const *names);
/* Whether some head's first record has all of these cells (case does not matter). */
gboolean        hone_sniff_has_cells   (const HoneSniff    *sniff,
                                        const char * const *names);
/* First source whose name ends so ("/settings.json" matches whole names too); NULL if none. */
const HoneSource *hone_sources_by_name (GPtrArray          *sources,
                                        const char         *ending);

/* ---- the class of a format ---- */

typedef struct {
  HoneFormat       format;
  guint          (*sniff) (const HoneSniff  *sniff);
  gboolean       (*open)  (HoneReader       *self,
                           GError          **error);
  HoneReadStatus (*next)  (HoneReader       *self,
                           HoneRecord      **record,
                           GError          **error);
  void           (*close) (HoneReader       *self);
} HoneReaderClass;

struct _HoneReader {
  const HoneReaderClass *klass;
  GPtrArray             *sources;       /* of HoneSource: those to walk over */
  GPtrArray             *all_sources;   /* all that were found */
  const HoneSniff       *sniff;         /* during open () */
  HoneFormat             format;
  gboolean               guessed;       /* the format was not named */

  /* What the user said; own copies. */
  char                  *text_column, *label_column, *id_column, *split_column, *encoding;
  HoneOntology          *project;       /* (nullable): ontology of the project */
  HoneTemplate          *asked;         /* (nullable): template of the project */

  /* For open () to set. */
  HoneOntology          *ontology;
  HoneTemplate          *template;
  gpointer               state;
  HoneJsonStreamMode     json_mode;     /* HONE_JSON_STREAM_GUESS; .jsonl files are read by lines even so */
  char                   delimiter;     /* of CSV files; 0: guessed for each */
  gboolean               allow_empty;   /* a named file without a record is no error as long as there are records in all */

  /* The walk. */
  const HoneSource      *source;        /* (nullable): that is being read */
  gsize                  line;          /* of the value, row or line given last */
  gboolean               first_row;     /* the row given last is the first of its source */
  HoneCsv               *csv;           /* holds the row given last */

  /* Inner workings of hone-reader-walk.c. */
  HoneJsonStream        *json;
  HoneInput             *lines;
  guint                  next_source;
  guint64                n_values;      /* of this source */
  guint64                done_bytes;
  gboolean               lone_surrogate;
  gboolean               any, ended;
  GPtrArray             *description, *columns, *warnings;
};

/* ---- for open () ---- */
void           hone_reader_describe     (HoneReader        *self,      /* one more part of the description */
                                         const char        *format,
                                         ...) G_GNUC_PRINTF (2, 3);
void           hone_reader_add_column   (HoneReader        *self,      /* once each */
                                         const char        *name);
void           hone_reader_warn         (HoneReader        *self,      /* about a file as a whole */
                                         HoneWarningCode    code,
                                         const char        *field,
                                         const char        *detail);
/* Walks only over sources for which @wanted says TRUE. */
void           hone_reader_keep_sources (HoneReader        *self,
                                         gboolean         (*wanted) (const HoneSource *source));
/* Back to the start of the first source. */
void           hone_reader_rewind       (HoneReader        *self);
/* A whole small file as text or value. @max: bytes. */
char          *hone_source_load         (const HoneSource  *source,
                                         const char        *encoding,  /* (nullable) */
                                         gsize              max,
                                         GError           **error);
HoneJson      *hone_source_load_json    (const HoneSource  *source,
                                         gsize              max,
                                         GError           **error);

/* ---- for next (): the walkers go on to the next source by themselves ---- */
/* RECORD: *value is set; REFUSED: *refused is ready to be given back; END, ERROR. */
HoneReadStatus hone_reader_next_json    (HoneReader        *self,
                                         HoneJson         **value,
                                         HoneRecord       **refused,
                                         GError           **error);
/* RECORD: the row is in self->csv, self->first_row tells a header's place; END, ERROR. */
HoneReadStatus hone_reader_next_csv     (HoneReader        *self,
                                         GError           **error);
/* RECORD: *line is set, blank lines included; END, ERROR. */
HoneReadStatus hone_reader_next_line    (HoneReader        *self,
                                         char             **line,
                                         gsize             *length,
                                         GError           **error);
/* A record with path and line of what was given last. */
HoneRecord    *hone_reader_new_record   (HoneReader        *self);
/* Such a record without text and with the reason: *record is set, REFUSED is returned. @detail: translated, no full stop. */
HoneReadStatus hone_reader_refuse       (HoneReader        *self,
                                         HoneRecord       **record,
                                         HoneWarningCode    code,
                                         const char        *field,     /* (nullable) */
                                         const char        *detail);

/* Between hone-reader.c and hone-reader-walk.c. */
void           _hone_reader_close_source (HoneReader       *self);
HoneInput     *_hone_reader_get_input    (HoneReader       *self);

/* ---- small helpers (hone-read-util.c) ---- */
/* ISO 8601 text, or seconds or milliseconds since 1970; 0 where it is neither. Microseconds. */
gint64         hone_read_time           (const HoneJson    *value);
gint64         hone_read_time_text      (const char        *text);
/* A string, or a list of strings (numbers become text); NULL where nothing is in it. */
char         **hone_read_words          (const HoneJson    *value);
/* One word. */
char         **hone_read_word           (const char        *word);
/* "train", "training", "dev", "val", "eval", …: HoneSplit, or -1. */
int            hone_read_split          (const char        *word);
/* JSON object under construction for HoneRecord.meta; *meta may be NULL at first. */
void           hone_meta_add            (GString          **meta,
                                         const char        *name,
                                         const HoneJson    *value);    /* null is left out */
void           hone_meta_add_text       (GString          **meta,
                                         const char        *name,
                                         const char        *text);     /* (nullable): left out */
/* All members of @object but those named in @known (NULL-terminated). */
void           hone_meta_add_others     (GString          **meta,
                                         const HoneJson    *object,
                                         const char * const *known);
/* Ends it: the JSON text, or NULL where nothing was added. *meta becomes NULL. */
char          *hone_meta_finish         (GString          **meta);

/* Kili interface, Argilla settings or list of names, parsed; may come out empty. */
HoneOntology  *hone_ontology_read_json  (const HoneJson    *value,
                                         GError           **error);

/* ---- the classes ---- */
extern const HoneReaderClass hone_read_csv_class, hone_read_tsv_class, hone_read_text_label_class, hone_read_lines_class,
                             hone_read_json_class, hone_read_jsonl_class, hone_read_hone_csv_class, hone_read_hone_jsonl_class;
extern const HoneReaderClass hone_read_kili_class;                                            /* hone-read-kili.c */
extern const HoneReaderClass hone_read_label_studio_class, hone_read_label_studio_min_class;  /* hone-read-label-studio.c */
extern const HoneReaderClass hone_read_argilla_class, hone_read_argilla_v1_class;             /* hone-read-argilla.c */
extern const HoneReaderClass hone_read_prodigy_class;                                         /* hone-read-prodigy.c */
extern const HoneReaderClass hone_read_doccano_class;                                         /* hone-read-doccano.c */
extern const HoneReaderClass hone_read_fasttext_class;                                        /* hone-read-fasttext.c */
extern const HoneReaderClass hone_read_openai_chat_class;                                     /* hone-read-openai-chat.c */
extern const HoneReaderClass hone_read_openai_completion_class;                               /* hone-read-openai-completion.c */
extern const HoneReaderClass hone_read_openai_batch_class;                                    /* hone-read-openai-batch.c */
extern const HoneReaderClass hone_read_huggingface_class;                                     /* hone-read-huggingface.c */
extern const HoneReaderClass hone_read_kiln_class;                                            /* hone-read-kiln.c */
extern const HoneReaderClass hone_read_llama_factory_class;                                   /* hone-read-llama-factory.c */

G_END_DECLS
