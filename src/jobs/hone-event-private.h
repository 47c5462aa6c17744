/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the trainer protocol, checked: events, predictions and pseudo-labels. For src/jobs alone. */
#pragma once

#include "core/hone-template.h"
#include "formats/hone-json.h"

G_BEGIN_DECLS

typedef enum {
  HONE_EVENT_UNKNOWN,      /* a name this version does not know: ignored */
  HONE_EVENT_HELLO, HONE_EVENT_STAGE, HONE_EVENT_PROGRESS, HONE_EVENT_METRIC, HONE_EVENT_CHECKPOINT, HONE_EVENT_WARNING,
  HONE_EVENT_ERROR, HONE_EVENT_DONE,
} HoneEventType;

typedef struct {
  HoneEventType type;
  char         *name;           /* hello: program; stage; metric */
  char         *code;           /* warning, error */
  char         *message;        /* warning, error */
  char         *hint;           /* error (nullable) */
  double        step, steps;    /* progress; metric: step. NAN: not said */
  double        seconds_left;   /* progress: NAN: not said */
  double        value;          /* metric: finite */
  double        protocol;       /* hello: NAN: not said */
  char         *path;           /* done: model or predictions; checkpoint */
  gboolean      is_model;       /* done: path is a model */
  char         *sha256;         /* done (nullable) */
  GPtrArray    *files;          /* done (nullable): path, sha256, path, sha256, … of a model that is a folder */
  char         *pseudo;         /* done (nullable) */
} HoneEvent;

void      _hone_event_clear (HoneEvent    *event);
/* FALSE with PROTOCOL: no JSON object with a member "event", or a known event with a member of the wrong kind. */
gboolean  _hone_event_parse (const char   *line,
                             gsize         length,
                             HoneEvent    *event,
                             GError      **error);

typedef struct {
  gint64           id;
  HoneOutcome      outcome;
  HoneCategorySet *categories;   /* (nullable) */
  double           confidence;   /* 0 to 1; NAN: not said */
  double          *scores;       /* (nullable): one per category in ontology order, 0 to 1 or NAN */
  char            *raw, *reason; /* (nullable) */
} HoneAnswerLine;

void      _hone_answer_line_clear (HoneAnswerLine     *answer);
/* A line of predictions.jsonl. Without "outcome" the template reads "raw". */
gboolean  _hone_answer_line_parse (const char         *line,
                                   gsize               length,
                                   const HoneOntology *ontology,
                                   const HoneTemplate *template,   /* (nullable): default */
                                   HoneAnswerLine     *answer,
                                   GError            **error);
/* A line of the pseudo-label file: id, categories, confidence. */
gboolean  _hone_pseudo_line_parse (const char         *line,
                                   gsize               length,
                                   const HoneOntology *ontology,
                                   HoneAnswerLine     *answer,
                                   GError            **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneEvent, _hone_event_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneAnswerLine, _hone_answer_line_clear)

G_END_DECLS
