/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The working side of a run: what its thread owns, the stages, the one step function. For src/jobs alone. */
#pragma once

#include "hone-run.h"
#include "hone-trainer-private.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

#define HONE_RUN_KIND_TUNE    "tune"
#define HONE_RUN_KIND_PREDICT "predict"

/* All that is needed to go on after a crash; kept as JSON in the run's record. */
typedef struct {
  char     *experiment;        /* name */
  char     *provider;          /* "engine" or "trainer" */
  char     *trainer;           /* (nullable): absolute path or name of the program; NULL: the engine */
  char     *method, *base;     /* (nullable) */
  gint64    parent_id;         /* 0: base model */
  char     *parent_model;      /* (nullable): content hash */
  guint64   seed;
  double    minutes;           /* 0: no limit */
  char     *settings;          /* JSON object of hyperparameters */
  HoneSplit split;             /* to predict */
  char     *model;             /* (nullable): content hash, once kept */
  double    seconds;           /* of training so far */
  gint64    since;             /* start of the life that is not in seconds yet, microseconds since 1970; 0: none */
  guint64   offset;            /* events of the stage told so far */
  guint64   n_trained, n_pseudo, n_kept_out, n_disputed, n_unlabelled;
  guint64   n_asked;           /* texts in input.jsonl */
} HoneParameters;

void            _hone_parameters_free       (HoneParameters *self);
HoneParameters *_hone_parameters_from_json  (const char     *json);     /* absent members: empty */
char           *_hone_parameters_to_json    (HoneParameters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneParameters, _hone_parameters_free)

typedef struct _HoneWork HoneWork;

/* How the thread tells of itself. */
typedef struct {
  void (*changed)  (HoneWork *work, gpointer data);                                            /* record and message */
  void (*progress) (double fraction, double seconds_left, gpointer data);
  void (*metric)   (guint64 step, const char *name, double value, gpointer data);
  void (*log)      (const char *line, gboolean warning, gpointer data);
} HoneWorkFuncs;

struct _HoneWork {
  HoneStore           *store;
  HoneRunRecord       *record;
  HoneParameters      *parameters;
  HoneControl         *control;
  const HoneWorkFuncs *funcs;
  gpointer             data;
  gboolean             recovered;      /* the first stage was under way in another life of the front end: never start a trainer for it */
  gboolean             remember;       /* tell first what it said in earlier lives */
  char                *message;        /* (nullable) */
  GError              *error;          /* (nullable): why it failed */
  gint64               saved;          /* monotonic time of the last save */
  guint                n_events;       /* stored in the project */
};

HoneWork   *_hone_work_new           (HoneStore *store, const HoneRunRecord *record, HoneControl *control,
                                      const HoneWorkFuncs *funcs, gpointer data);
void        _hone_work_free          (HoneWork *self);
/* From queued or running to a state where nothing happens any more, step by step. */
void        _hone_work_run           (HoneWork *self);
/* One step: does the stage of a running run and moves to the next, or to a final state. */
void        _hone_run_step           (HoneWork *self);

gboolean    _hone_work_save          (HoneWork *self, GError **error);
void        _hone_work_set_message   (HoneWork *self, char *message);   /* takes it */
void        _hone_work_warn          (HoneWork *self, const char *message);
void        _hone_work_progress      (HoneWork *self, guint64 done, guint64 total);
GCancellable *_hone_work_get_cancellable (HoneWork *self);
const char *_hone_work_get_program   (HoneWork *self);                  /* for messages */
char       *_hone_work_dup_predict_directory (HoneWork *self);
/* Runs or follows the trainer of a stage in @directory; told and stored events, progress, warnings. */
gboolean    _hone_work_train         (HoneWork *self, const char *directory, double seconds, HoneEvent *done, GError **error);
/* What it said at its end, without telling anybody again. */
gboolean    _hone_work_collect       (HoneWork *self, const char *directory, HoneEvent *done, GError **error);

/* ---- stages ---- */
typedef gboolean (*HoneStageFunc) (HoneWork *self, GError **error);
gboolean    _hone_stage_prepare      (HoneWork *self, GError **error);
gboolean    _hone_stage_train        (HoneWork *self, GError **error);
gboolean    _hone_stage_keep         (HoneWork *self, GError **error);
gboolean    _hone_stage_ask          (HoneWork *self, GError **error);
gboolean    _hone_stage_predict      (HoneWork *self, GError **error);
gboolean    _hone_stage_score        (HoneWork *self, GError **error);

/* ---- iteration 0 ---- */
/* Makes and publishes it, validation predicted. */
gboolean    _hone_baseline_add       (HoneStore *store, gint64 experiment_id, guint64 seed, GCancellable *cancellable,
                                      GError **error);
gboolean    _hone_baseline_is        (const HoneIteration *iteration);
gboolean    _hone_baseline_predict   (HoneStore *store, const HoneIteration *iteration, HoneSplit split, guint64 *n_predicted,
                                      GCancellable *cancellable, GError **error);
/* Answers to texts that are not in the project, numbered from @first. */
gboolean    _hone_baseline_answer    (HoneStore *store, const HoneIteration *iteration, guint64 first, HoneAnswerLine *answers,
                                      gsize n_answers, GError **error);

/* ---- what an iteration remembers in its settings ---- */
typedef struct {
  char         *trainer;        /* (nullable) */
  char         *method, *base;  /* (nullable) */
  guint64       seed;
  char         *settings;       /* hyperparameters */
  HoneTemplate *template;       /* that it was trained with */
} HoneModelInfo;
void        _hone_model_info_clear   (HoneModelInfo *info);
gboolean    _hone_model_info_read    (HoneStore *store, const HoneIteration *iteration, HoneModelInfo *info, GError **error);
char       *_hone_model_info_print   (const HoneParameters *parameters, HoneTemplate *template);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneModelInfo, _hone_model_info_clear)

/* ---- answers of a finished prediction into the project ---- */
gboolean    _hone_answers_store      (HoneStore *store, const HoneIteration *iteration, const HoneOntology *ontology, HoneTemplate *template,
                                      const char *directory, const HoneEvent *done, const char *program, guint64 *n_answered,
                                      GCancellable *cancellable, GError **error);

G_END_DECLS
