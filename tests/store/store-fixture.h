/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small project for tests: categories RED, GREEN, BLUE. */
#pragma once

#include <glib/gstdio.h>
#include <math.h>

#include "hone-store-experiments.h"
#include "hone-store-import.h"

static inline char *
fixture_path (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("hone-store-XXXXXX", NULL);

  return g_build_filename (folder, name, NULL);
}

static inline HoneOntology *
fixture_ontology (HoneChoice choice)
{
  HoneOntology *ontology = hone_ontology_new (choice, "Which colour?");
  static const char * const keys[] = { "RED", "GREEN", "BLUE" };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      HoneCategory category = { .key = (char *) keys[i], .name = (char *) keys[i] };

      g_assert_cmpuint (hone_ontology_add (ontology, &category, NULL), ==, i + 1);
    }
  return ontology;
}

static inline HoneStore *
fixture_store (const char *path,
               HoneChoice  choice)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) ontology = fixture_ontology (choice);
  HoneStore *store = hone_store_create (path, 7, &error);

  g_assert_no_error (error);
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  g_assert_no_error (error);
  return store;
}

/* One row: id (nullable), text, category number (0: no label), split (-1: not said). */
typedef struct {
  const char *id, *text;
  guint       category;
  int         split;
  gboolean    known;
} FixtureRow;

static inline void
fixture_add (HoneStoreImport   *import,
             const FixtureRow  *rows,
             gsize              n,
             HoneImportResult  *results)
{
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < n; i++)
    {
      g_autoptr(HoneCategorySet) set = rows[i].category ? hone_category_set_new_single (rows[i].category) : NULL;
      HoneLabel label = { .author = (char *) "import", .origin = HONE_ORIGIN_IMPORTED, .categories = set };
      HoneImportRow row = { .external_id = rows[i].id, .text = rows[i].text, .split = rows[i].split, .labels = &label,
                            .n_labels = set && !rows[i].known ? 1 : 0, .known = rows[i].known ? set : NULL };

      g_assert_true (hone_store_import_add (import, &row, 1, &results[i], &error));
      g_assert_no_error (error);
    }
}

static inline gint64
fixture_import (HoneStore         *store,
                const FixtureRow  *rows,
                gsize              n,
                HoneImportResult  *results)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "fixture", "csv", NULL, &error);
  g_autofree HoneImportResult *own = g_new0 (HoneImportResult, n);
  gint64 id;

  g_assert_no_error (error);
  fixture_add (import, rows, n, results ? results : own);
  id = hone_store_import_finish (import, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline void
fixture_check (HoneStore *store)
{
  g_autoptr(GError) error = NULL;

  hone_store_check (store, &error);
  g_assert_no_error (error);
}

static inline guint64
fixture_count (HoneStore *store,
               int        split,
               int        state)
{
  HoneFilter filter = HONE_FILTER_ALL;

  filter.split = split;
  filter.reference_state = state;
  return hone_store_count (store, &filter, NULL, NULL);
}
