/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a report says, as a plain struct: filled by the caller from the project and from scores, turned into text by the writers. */
#pragma once

#include "core/hone-measures.h"
#include "hone-report-sections.h"
#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

typedef struct {
  HoneSplitCounts counts;
  guint64        *per_category;   /* reference labels with the category; one for each of the ontology, in its order */
} HoneReportSplit;

typedef enum {
  HONE_REPORT_SCORED,
  HONE_REPORT_NO_PREDICTIONS,     /* of the split */
  HONE_REPORT_NO_LABELS,          /* in the split */
} HoneReportStatus;

typedef struct {
  char            *name;             /* "n-grams@2" */
  char            *experiment;
  int              number;
  char            *provider;
  char            *method;           /* (nullable) */
  char            *base;             /* (nullable), without the path to the user's home */
  char            *settings;         /* JSON object without secrets and paths to the user's home */
  char            *model;            /* (nullable): sha256 */
  char            *template_hash;    /* (nullable) */
  char            *description;      /* (nullable) */
  char            *parent;           /* (nullable): name of the iteration it goes on from */
  gint64           ontology_version;
  gint64           created;          /* microseconds since 1970 UTC */
  double           seconds;
  guint64          n_trained, n_pseudo;
  HoneReportStatus status;
  HoneScores      *scores;           /* (nullable): unless SCORED */
  HoneConfusion   *confusion;        /* (nullable): unless SCORED */
} HoneReportIteration;

/* What changed from one iteration to another on the examples that both were scored on. */
typedef struct {
  gsize   a, b;                      /* positions in iterations */
  guint64 n;
  guint64 a_only, b_only;            /* right in one alone */
  guint64 fixed, broken, still_wrong, still_right;
  double  p;                         /* McNemar */
} HoneReportPair;

typedef struct {
  const char *name;                  /* static, stable word: "n", "p", … */
  double      value;
} HoneReportFact;

typedef struct {
  const char *code;                  /* static, stable word: "small-n", … */
  char       *text;                  /* translated */
  char       *a, *b;                 /* (nullable): names of the iterations it speaks of */
  GArray     *facts;                 /* of HoneReportFact: the numbers in the text */
} HoneReportCaveat;

typedef struct {
  char            *project;          /* name of the file without its folder */
  char            *project_id;
  guint64          seed;
  gint64           created;          /* microseconds since 1970 UTC */
  HoneSplit        split;            /* that the scores speak of */
  guint            sections;         /* HoneReportSections; all of them unless the caller says otherwise */
  HoneOntology    *ontology;
  gint64           ontology_version;
  char            *template_hash;    /* of the project now */
  HoneReportSplit  splits[HONE_N_SPLITS];
  guint64          openings;         /* of the test split so far */
  GPtrArray       *iterations;       /* of HoneReportIteration */
  GArray          *pairs;            /* of HoneReportPair */
  GPtrArray       *caveats;          /* of HoneReportCaveat; see hone_report_find_caveats () */
} HoneReport;

HoneReport          *hone_report_new             (HoneSplit               split);
void                 hone_report_free            (HoneReport             *self);

/* Everything that the project itself knows: name, ontology, data, openings. Blocks on the store. */
gboolean             hone_report_fill_project    (HoneReport             *self,
                                                  HoneStore              *store,
                                                  GError                **error);
/* Copies all it is given. @parent (nullable): the iteration that @iteration goes on from. @scores and @confusion: with SCORED only. */
HoneReportIteration *hone_report_add_iteration   (HoneReport             *self,
                                                  const HoneExperiment   *experiment,
                                                  const HoneIteration    *iteration,
                                                  const HoneIteration    *parent,
                                                  HoneReportStatus        status,
                                                  const HoneScores       *scores,
                                                  const HoneConfusion    *confusion);
void                 hone_report_add_pair        (HoneReport             *self,
                                                  const HoneReportPair   *pair);
HoneReportIteration *hone_report_get_iteration   (const HoneReport       *self,
                                                  gsize                   nth);
/* The pair (a, b); NULL if it was not added. */
const HoneReportPair *hone_report_find_pair      (const HoneReport       *self,
                                                  gsize                   a,
                                                  gsize                   b);
/* The position of the iteration before @nth of the same experiment in this report; G_MAXSIZE if none. */
gsize                hone_report_get_previous    (const HoneReport       *self,
                                                  gsize                   nth);
/* The measures of the summary, the first of them that of the chart: IoU score, or mean Jaccard for choice rule "several". */
const HoneMeasure   *hone_report_list_measures   (const HoneReport       *self,
                                                  gsize                  *n);
/* Applies the rules once everything is in. */
void                 hone_report_find_caveats    (HoneReport             *self);

/* A settings object without what nobody else should read: secrets become "…", the user's home "~". Never NULL. */
char                *hone_report_redact_settings (const char             *json);
char                *hone_report_redact_path     (const char             *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneReport, hone_report_free)

G_END_DECLS
