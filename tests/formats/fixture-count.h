/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small importer for tests of the readers: joins records, matches words with an ontology and counts what a project would hold.
 * It keeps all in memory and stores nothing; the real one is in src/jobs and src/store. */
#pragma once

#include "formats/hone-reader.h"

G_BEGIN_DECLS

typedef struct {
  char       *author;
  gint64      time;
  HoneOrigin  origin;
  gboolean    skip;
  char      **keys;           /* sorted */
  gboolean    current;        /* the newest of its author */
} FixtureLabel;

typedef struct {
  char        *model;
  HoneOutcome  outcome;
  char       **keys;          /* sorted; answered only */
  double       confidence;
  char        *raw;
} FixturePrediction;

typedef struct {
  char      *external_id;     /* (nullable) */
  char      *text;
  HoneSplit  split;
  gboolean   flag;
  char      *meta;            /* (nullable): of the first record that has some */
  GPtrArray *labels;          /* of FixtureLabel */
  GPtrArray *predictions;     /* of FixturePrediction */
} FixtureExample;

typedef struct {
  GPtrArray *examples;        /* of FixtureExample, in the order of their first records */
  guint64    refused, failed;
  guint64    warnings[HONE_N_WARNINGS];
  HoneFormat format;
  HoneOntology *declared;     /* (nullable): what the files say themselves */
  HoneTemplate *template;     /* (nullable): what was learnt from them */

  const HoneOntology *ontology;
  GHashTable *by_key, *by_id, *by_text, *by_copy;
} FixtureProject;

/* MONEY, POLITICS, WORLD_NEWS, SPORTS. */
HoneOntology   *fixture_ontology        (HoneChoice           choice);
FixtureProject *fixture_project_new     (const HoneOntology  *ontology);
void            fixture_project_free    (FixtureProject      *self);
/* Reads all records of the paths (NULL-terminated), as "import --on-error skip" does. @split: for records that name none, or for
 * all with @force. */
gboolean        fixture_project_import  (FixtureProject            *self,
                                         const char * const        *paths,
                                         const HoneReaderOptions   *options,
                                         HoneSplit                  split,
                                         gboolean                   force,
                                         GError                   **error);

guint64         fixture_count_labels    (FixtureProject      *self);
guint64         fixture_count_current   (FixtureProject      *self);
guint64         fixture_count_skips     (FixtureProject      *self);
guint64         fixture_count_outcome   (FixtureProject      *self,
                                         HoneOutcome          outcome);
guint64         fixture_count_split     (FixtureProject      *self,
                                         HoneSplit            split);
/* One example as a record for a writer. */
HoneRecord     *fixture_dup_record      (FixtureExample      *example);
FixtureExample *fixture_find            (FixtureProject      *self,     /* by text; NULL if none */
                                         const char          *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureProject, fixture_project_free)

G_END_DECLS
