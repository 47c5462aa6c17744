/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What readers give and writers take: one record of a file with everything that any format can say about one example. */
#pragma once

#include "core/hone-types.h"

G_BEGIN_DECLS

/* One decision. Words are as met in the file (readers) or category keys (writers). */
typedef struct {
  char       *author;      /* (nullable): NULL becomes "import" */
  gint64      time;        /* microseconds since 1970 UTC; 0: not known */
  HoneOrigin  origin;
  gboolean    skip;        /* "I cannot say": no words */
  char      **words;       /* (nullable) */
  char       *note;        /* (nullable) */
} HoneRecordLabel;

typedef struct {
  char   *word;
  double  value;           /* 0 to 1 */
} HoneRecordScore;

typedef struct {
  char            *model;        /* (nullable): NULL becomes "imported model" */
  int              iteration;    /* -1: not said */
  HoneOutcome      outcome;      /* FAILED: counted, not stored */
  gboolean         judged;       /* TRUE: outcome and words are final; FALSE: words come from an answer, the importer finds the outcome:
                                  * all in the ontology = answered, UNABLE_TO_CLASSIFY = abstained, else out-of-set with the raw answer */
  gboolean         parse;        /* TRUE: `raw` is free text for the template's parser (chat and batch replies) */
  char           **words;        /* (nullable) */
  double           confidence;   /* 0 to 1, NAN: absent */
  HoneRecordScore *scores;       /* (nullable) */
  gsize            n_scores;
  char            *raw;          /* (nullable) */
  char            *reason;       /* (nullable) */
  gint64           time;         /* 0: not known */
} HoneRecordPrediction;

/* Warning codes of file-formats.md section 1; one record may carry several, each counts once per record. */
typedef enum {
  HONE_WARNING_ENCODING_GUESSED, HONE_WARNING_ID_CONFLICT, HONE_WARNING_DUPLICATE_TEXT, HONE_WARNING_CONFLICTING_LABELS,
  HONE_WARNING_UNKNOWN_CATEGORY, HONE_WARNING_TOO_MANY_CATEGORIES, HONE_WARNING_EMPTY_ANSWER, HONE_WARNING_DRAFT_IGNORED,
  HONE_WARNING_SENT_BACK, HONE_WARNING_OUTCOME_GUESS, HONE_WARNING_BARE_PREDICTION, HONE_WARNING_REJECT_IGNORED,
  HONE_WARNING_JOINED_FIELDS, HONE_WARNING_NO_SEPARATOR, HONE_WARNING_NO_ANSWER, HONE_WARNING_NOT_CLASSIFICATION,
  HONE_WARNING_UNKNOWN_ID, HONE_WARNING_RATING_KEPT, HONE_WARNING_LEAK, HONE_WARNING_LONE_SURROGATE, HONE_WARNING_ONE_CONFIDENCE,
  HONE_WARNING_MALFORMED,   /* refused record that is not readable at all; shown under refused, not among the warnings */
} HoneWarningCode;
#define HONE_N_WARNINGS (HONE_WARNING_MALFORMED + 1)

const char *hone_warning_code_to_string (HoneWarningCode code);   /* "encoding-guessed", … */

typedef struct {
  HoneWarningCode code;
  char           *field;    /* (nullable) */
  char           *detail;   /* (nullable): translated, for people */
} HoneRecordWarning;

typedef struct {
  char      *path;          /* file (member of an archive: "archive.zip/member") the record stands in */
  gsize      line;          /* from 1: line on which the record begins; 0 where lines mean nothing */
  char      *external_id;   /* (nullable): stored with the example */
  char      *join_key;      /* (nullable): records of this import with one key are one example; not stored.
                             * Where NULL the external id joins, where that is NULL too nothing does. */
  gboolean   join_by_text;  /* without id and key: joins an example of this import with the equal text (Prodigy, doccano) */
  gboolean   must_exist;    /* an answer to an example given elsewhere (batch output): else unknown-id */
  char      *text;          /* (nullable): with must_exist */
  int        split;         /* HoneSplit, or -1: the file does not say */
  gboolean   flag;
  char      *meta;          /* (nullable): JSON object of unknown members, written back by the same format */
  GPtrArray *labels;        /* of HoneRecordLabel, in the order of the file */
  char     **known;         /* (nullable): words of a known answer (Hone JSONL; --labels known is the importer's business) */
  GPtrArray *predictions;   /* of HoneRecordPrediction */
  GPtrArray *warnings;      /* of HoneRecordWarning */
} HoneRecord;

HoneRecord           *hone_record_new            (void);
void                  hone_record_free           (HoneRecord      *self);
HoneRecordLabel      *hone_record_add_label      (HoneRecord      *self);   /* (transfer none): an empty one to fill */
HoneRecordPrediction *hone_record_add_prediction (HoneRecord      *self);   /* (transfer none) */
void                  hone_record_warn           (HoneRecord      *self,
                                                  HoneWarningCode  code,
                                                  const char      *field,
                                                  const char      *detail);
gboolean              hone_record_has_warning    (HoneRecord      *self,
                                                  HoneWarningCode  code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneRecord, hone_record_free)

G_END_DECLS
