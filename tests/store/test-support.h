/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small project for each test of the store. */
#pragma once

#include <glib/gstdio.h>
#include <math.h>

#include "hone-store-experiments.h"
#include "hone-store-import.h"
#include "hone-store-runs.h"

#define assert_store_error(error, what) g_assert_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_##what)

/* Categories 1, 2, 3: MONEY, POLITICS, SPORTS. */
static inline HoneOntology *
make_ontology (HoneChoice choice)
{
  const char * const names[] = { "Money", "Politics", "Sports" };
  HoneOntology *ontology = hone_ontology_new (choice, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (hone_ontology_add (ontology, &category, &error), ==, i + 1);
      g_assert_no_error (error);
    }
  return ontology;
}

/* A path in a fresh folder; remove_project () takes both away. */
static inline char *
new_path (void)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hone-store-XXXXXX", &error);

  g_assert_no_error (error);
  return g_build_filename (folder, "test.hone", NULL);
}

static inline void
remove_project (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_chmod (folder, 0700);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (folder, name, NULL);

      g_remove (file);
    }
  g_rmdir (folder);
}

static inline HoneStore *
new_store (const char *path,
           HoneChoice  choice)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) ontology = make_ontology (choice);
  HoneStore *store = hone_store_create (path, 42, &error);

  g_assert_no_error (error);
  hone_store_set_ontology (store, ontology, &error);
  g_assert_no_error (error);
  return store;
}

static inline HoneStore *
reopen (const char    *path,
        HoneStoreMode  mode)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, mode, &error);

  g_assert_no_error (error);
  return store;
}

static inline void
check_store (HoneStore *store)
{
  g_autoptr(GError) error = NULL;

  hone_store_check (store, &error);
  g_assert_no_error (error);
}

static inline void
close_store (HoneStore *store)
{
  g_autoptr(GError) error = NULL;

  check_store (store);
  hone_store_close (store, &error);
  g_assert_no_error (error);
  g_object_unref (store);
}

/* One row with at most one label by the author "import"; @category 0: unlabelled. */
typedef struct {
  const char *id, *text;
  int         split;
  guint       category;
} Row;

static inline gint64
import_rows (HoneStore         *store,
             const Row         *rows,
             gsize              n_rows,
             const HoneShares  *shares,
             HoneImportResult  *results)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "rows.csv", "csv", shares, &error);
  gint64 id;

  g_assert_no_error (error);
  for (gsize i = 0; i < n_rows; i++)
    {
      g_autoptr(HoneCategorySet) set = rows[i].category ? hone_category_set_new_single (rows[i].category) : NULL;
      HoneLabel label = { .origin = HONE_ORIGIN_IMPORTED, .categories = set };
      HoneImportRow row = { .external_id = rows[i].id, .text = rows[i].text, .split = rows[i].split,
                            .labels = set != NULL ? &label : NULL, .n_labels = set != NULL };
      HoneImportResult result;

      hone_store_import_add (import, &row, 1, results != NULL ? &results[i] : &result, &error);
      g_assert_no_error (error);
    }
  id = hone_store_import_finish (import, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline gint64
find (HoneStore  *store,
      const char *external_id)
{
  g_autoptr(GError) error = NULL;
  gint64 id = hone_store_find_example (store, external_id, &error);

  g_assert_no_error (error);
  return id;
}

static inline gint64
add_label (HoneStore  *store,
           gint64      example,
           const char *author,
           guint       category,
           HoneOrigin  origin)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCategorySet) set = category ? hone_category_set_new_single (category) : NULL;
  HoneLabel label = { .example_id = example, .author = (char *) author, .origin = origin, .categories = set };
  gint64 id = hone_store_add_label (store, &label, &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static inline HoneExample *
get_example (HoneStore *store,
             gint64     id)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) examples = hone_store_get_examples (store, &id, 1, &error);

  g_assert_no_error (error);
  if (examples->len == 0)
    return NULL;
  g_ptr_array_set_free_func (examples, NULL);
  return g_ptr_array_index (examples, 0);
}

/* The single category of the reference label; 0: none. */
static inline guint
reference_of (HoneStore *store,
              gint64     id)
{
  g_autoptr(HoneExample) example = get_example (store, id);
  gsize n;

  g_assert_nonnull (example);
  if (example->reference == NULL)
    return 0;
  return hone_category_set_get_ids (example->reference, &n)[0];
}

static inline guint64
count (HoneStore        *store,
       const HoneFilter *filter)
{
  g_autoptr(GError) error = NULL;
  guint64 n = hone_store_count (store, filter, NULL, &error);

  g_assert_no_error (error);
  return n;
}

/* The list as "1 4 2", in pages of @page, which also proves the paging; its length must be the count. */
static inline char *
list_ids (HoneStore        *store,
          const HoneFilter *filter,
          HoneQueueOrder    order,
          gsize             page)
{
  GString *text = g_string_new (NULL);
  gint64 after = 0;

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) ids = hone_store_list_ids (store, filter, order, after, page, NULL, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (ids->len, <=, page);
      if (ids->len == 0)
        return g_string_free (text, FALSE);
      for (guint i = 0; i < ids->len; i++)
        {
          after = g_array_index (ids, gint64, i);
          g_string_append_printf (text, "%s%" G_GINT64_FORMAT, text->len > 0 ? " " : "", after);
        }
    }
}

#define assert_list(store, filter, order, wanted) \
  G_STMT_START { \
    g_autofree char *_whole = list_ids ((store), (filter), (order), 1000), *_paged = list_ids ((store), (filter), (order), 1); \
    g_assert_cmpstr (_whole, ==, (wanted)); \
    g_assert_cmpstr (_paged, ==, (wanted)); \
  } G_STMT_END
