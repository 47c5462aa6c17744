/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Experiments, iterations, frozen training lists, predictions and what is scored. */
#pragma once

#include "core/hone-tally.h"
#include "hone-store-labels.h"

G_BEGIN_DECLS

typedef struct {
  gint64   id;
  char    *name;
  char    *provider;    /* "engine", "trainer", "imported", … */
  char    *method;      /* (nullable) */
  char    *base;        /* (nullable) */
  char    *settings;    /* JSON object */
  char    *note;        /* (nullable) */
  gint64   created;
  gboolean archived, deleted;
} HoneExperiment;
void            hone_experiment_free       (HoneExperiment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneExperiment, hone_experiment_free)

typedef struct {
  gint64   id;
  gint64   experiment_id;
  char    *experiment;        /* its name */
  int      number;            /* 0: the untouched base model */
  gint64   parent_id;         /* (0: base model): the iteration it was trained on top of */
  gint64   ontology_version;
  char    *template_hash;
  char    *settings;          /* JSON object: hyperparameters, seed, method, trainer */
  char    *model;             /* (nullable): sha256 hex of the model under the data directory */
  char    *description;       /* (nullable): what iteration 0 is ("majority class: SPORTS") */
  gint64   created;
  double   seconds;           /* training time */
  guint64  n_trained, n_pseudo;
} HoneIteration;
void            hone_iteration_free        (HoneIteration *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneIteration, hone_iteration_free)

gint64          hone_store_add_experiment  (HoneStore *self, const HoneExperiment *experiment, GError **error);   /* EXISTS: name taken */
gboolean        hone_store_update_experiment (HoneStore *self, const HoneExperiment *experiment, GError **error); /* name, note, archived, deleted */
gint64          hone_store_duplicate_experiment (HoneStore *self, gint64 experiment_id, GError **error);   /* its set-up under a free name */
HoneExperiment *hone_store_find_experiment (HoneStore *self, const char *name, GError **error);
GPtrArray      *hone_store_list_experiments(HoneStore *self, GError **error);          /* not the deleted ones */

/* An iteration is invisible to all lists until publish (). Unpublished ones without an unfinished run are swept at open. Number is given here. */
gint64          hone_store_add_iteration   (HoneStore *self, const HoneIteration *iteration, GError **error);
/* Fills in model, description, seconds and settings, and makes it visible. */
gboolean        hone_store_publish_iteration (HoneStore *self, const HoneIteration *iteration, GError **error);
gboolean        hone_store_drop_iteration  (HoneStore *self, gint64 iteration_id, GError **error);
HoneIteration  *hone_store_get_iteration   (HoneStore *self, gint64 iteration_id, GError **error);
/* "NAME" (the last) or "NAME@N". NOT_FOUND names what there is. */
HoneIteration  *hone_store_find_iteration  (HoneStore *self, const char *name, GError **error);
GPtrArray      *hone_store_list_iterations (HoneStore *self, gint64 experiment_id, GError **error);

typedef struct {
  gint64           example_id;
  HoneCategorySet *categories;
  gboolean         pseudo;
  double           weight;
} HoneTrainingItem;

typedef struct {
  guint64 n_labels;           /* in the list */
  guint64 n_kept_out;         /* labelled train texts left out as near copies of validation or test texts */
  guint64 n_disputed;
} HoneTrainingSummary;

/* Freezes the reference labels of train without near copies of validation and test into the iteration's list, in one transaction. */
gboolean        hone_store_freeze_training_list (HoneStore *self, gint64 iteration_id, HoneTrainingSummary *summary, GError **error);
/* The same counts without writing, for the page and for --dry-run. */
gboolean        hone_store_preview_training_list (HoneStore *self, HoneTrainingSummary *summary, GError **error);
/* Pseudo-labels that the trainer reported. */
gboolean        hone_store_add_pseudo      (HoneStore *self, gint64 iteration_id, const HoneTrainingItem *items, gsize n_items, GError **error);
typedef gboolean (*HoneTrainingFunc) (const HoneTrainingItem *item, const char *text, gpointer data, GError **error);
gboolean        hone_store_each_training_item (HoneStore *self, gint64 iteration_id, HoneTrainingFunc func, gpointer data, GError **error);
/* Train texts without a reference label that are no near copies of validation or test: for self-training. */
gboolean        hone_store_each_unlabelled (HoneStore *self, HoneExampleFunc func, gpointer data, GError **error);

typedef struct {
  gint64           example_id;
  HoneOutcome      outcome;     /* FAILED: counted as failed, may be asked again */
  HoneCategorySet *categories;  /* (nullable) */
  double           confidence;  /* NAN: absent */
  const double    *scores;      /* (nullable): per category of the iteration's ontology version, in its order */
  const char      *raw, *reason;/* (nullable) */
  gint64           time;        /* 0: now */
} HonePrediction;

/* Predictions of one iteration over one split become visible together, by publish. */
gboolean        hone_store_add_predictions (HoneStore *self, gint64 iteration_id, const HonePrediction *items, gsize n_items, GError **error);
gboolean        hone_store_publish_predictions (HoneStore *self, gint64 iteration_id, HoneSplit split, GError **error);
/* Has this split been predicted and published, and how many of its examples lack a prediction by now? */
gboolean        hone_store_has_predictions (HoneStore *self, gint64 iteration_id, HoneSplit split, guint64 *n_missing, GError **error);
/* Examples of the split that this iteration has no answer for (missing or failed), ascending id. */
gboolean        hone_store_each_unpredicted (HoneStore *self, gint64 iteration_id, HoneSplit split, HoneExampleFunc func, gpointer data, GError **error);
/* Everything of one prediction; strings and arrays are valid during the call. Ascending example id. */
typedef gboolean (*HonePredictionFunc) (const HonePrediction *prediction, gpointer data, GError **error);
gboolean        hone_store_each_prediction (HoneStore *self, gint64 iteration_id, int split, HonePredictionFunc func, gpointer data, GError **error);
/* All predictions on one example. @func gets the iteration's id with each. */
typedef gboolean (*HoneExamplePredictionFunc) (gint64 iteration_id, const HonePrediction *prediction, gpointer data, GError **error);
gboolean        hone_store_each_prediction_of (HoneStore *self, gint64 example_id, HoneExamplePredictionFunc func, gpointer data, GError **error);

/* Counts that are kept up to date by label changes, with what is left out and why. */
HoneTally      *hone_store_get_tally       (HoneStore *self, gint64 iteration_id, HoneSplit split, GError **error);

/* One scored example, for comparisons, log-loss and lists. */
typedef struct {
  gint64           example_id;
  HoneCategorySet *reference;
  HoneOutcome      outcome;
  HoneCategorySet *answer;       /* (nullable) */
  double           confidence;   /* NAN: absent */
  double           reference_probability;  /* choice "one": probability given to the reference, NAN where not said */
} HoneScoredExample;
GArray         *hone_store_list_scored     (HoneStore *self, gint64 iteration_id, HoneSplit split, GError **error);  /* ascending id, clear function set */

/* Test set: whatever shows its labels and predictions together is an opening. */
gboolean        hone_store_add_opening     (HoneStore *self, gint64 iteration_id, const char *what, GError **error);
guint64         hone_store_count_openings  (HoneStore *self, GError **error);

G_END_DECLS
