/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the design that every room shares, and their spelling in files. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How many categories a text may have. */
typedef enum {
  HONE_CHOICE_ONE,
  HONE_CHOICE_SEVERAL,
} HoneChoice;

/* The fixed role of an example. */
typedef enum {
  HONE_SPLIT_TRAIN,
  HONE_SPLIT_VALIDATION,
  HONE_SPLIT_TEST,
} HoneSplit;
#define HONE_N_SPLITS 3

/* Where a decision came from. */
typedef enum {
  HONE_ORIGIN_HUMAN,
  HONE_ORIGIN_IMPORTED,
  HONE_ORIGIN_SIMULATED,
  HONE_ORIGIN_REVIEW,
} HoneOrigin;

/* What became of a question to a model. The first three are scored; the last is retried and never scored. */
typedef enum {
  HONE_OUTCOME_ANSWERED,
  HONE_OUTCOME_ABSTAINED,
  HONE_OUTCOME_OUT_OF_SET,
  HONE_OUTCOME_FAILED,
} HoneOutcome;
#define HONE_N_OUTCOMES 4

/* What the labels of an example say together. */
typedef enum {
  HONE_REFERENCE_NONE,
  HONE_REFERENCE_LABELLED,
  HONE_REFERENCE_DISPUTED,
} HoneReferenceState;

/* The spellings used in project files, Hone's formats, the trainer protocol and JSON output:
 * "one", "several"; "train", "validation", "test"; "human", "imported", "simulated", "review";
 * "answered", "abstained", "out-of-set", "failed". The from_string functions return FALSE for anything else. */
const char *hone_choice_to_string    (HoneChoice   choice);
gboolean    hone_choice_from_string  (const char  *string,
                                      HoneChoice  *choice);
const char *hone_split_to_string     (HoneSplit    split);
gboolean    hone_split_from_string   (const char  *string,
                                      HoneSplit   *split);
const char *hone_origin_to_string    (HoneOrigin   origin);
gboolean    hone_origin_from_string  (const char  *string,
                                      HoneOrigin  *origin);
const char *hone_outcome_to_string   (HoneOutcome  outcome);
gboolean    hone_outcome_from_string (const char  *string,
                                      HoneOutcome *outcome);

/* The spelling of abstentions in tables, matrices and model answers. Never the key of a category. */
#define HONE_UNABLE_TO_CLASSIFY "UNABLE_TO_CLASSIFY"

gboolean    hone_set_str             (char       **location,
                                      const char  *value);

G_END_DECLS
