/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The shared fixtures: each must give exactly the numbers of expected.json, its format guessed, and keep the
 * awkward texts whole; and what is written again in its format comes back. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fixture-count.h"
#include "formats/hone-json.h"
#include "formats/hone-writer.h"

static const char text_2[] = "Minister says \"no\".\nSecond line; with comma, pipe | and tab\there";
static const char text_3[] = "Élection à Genève: 選挙 🗳️ décidée";

static char *
fixtures_path (const char *name)
{
  const char *shared = g_getenv ("HONE_SHARED_DIR");

  return shared != NULL ? g_build_filename (shared, "data", "formats", name, NULL) : NULL;
}

/* "full.json (several)" is full.json; a batch is three files. The output comes before the input to show that order does not count. */
static GStrv
paths_of (const char *name)
{
  static const char * const batch[] = { "openai/batch-output.jsonl", "openai/batch-errors.jsonl", "openai/batch-input.jsonl" };
  g_autofree char *bare = g_strndup (name, strcspn (name, "("));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  g_strchomp (bare);
  for (gsize i = 0; i < (strcmp (bare, "openai/batch") == 0 ? G_N_ELEMENTS (batch) : 1); i++)
    {
      g_autofree char *path = fixtures_path (strcmp (bare, "openai/batch") == 0 ? batch[i] : bare);

      g_strv_builder_add (builder, path);
    }

  return g_strv_builder_end (builder);
}

static void
import (FixtureProject *project,
        const char     *name,
        const HoneJson *expected)
{
  g_auto(GStrv) paths = paths_of (name);
  g_autoptr(GError) error = NULL;
  const HoneJson *arguments = hone_json_get (expected, "options");
  HoneReaderOptions options = { 0 };
  HoneSplit split = HONE_SPLIT_TRAIN;
  gboolean force = FALSE;

  for (gsize i = 0; i + 1 < hone_json_get_size (arguments); i += 2)
    {
      const char *option = hone_json_get_string (hone_json_get_nth (arguments, i));
      const char *value = hone_json_get_string (hone_json_get_nth (arguments, i + 1));

      if (strcmp (option, "--text") == 0)
        options.text_column = value;
      else if (strcmp (option, "--label") == 0)
        options.label_column = value;
      else if (strcmp (option, "--split") == 0)
        force = hone_split_from_string (value, &split);
      else
        g_assert_not_reached ();
    }

  fixture_project_import (project, (const char * const *) paths, &options, split, force, &error);
  g_assert_no_error (error);
}

static guint64
number_of (const HoneJson *object,
           const char     *name)
{
  const HoneJson *member = hone_json_get (object, name);

  return member != NULL ? (guint64) hone_json_get_number (member) : 0;
}

static void
check_text (FixtureProject *project,
            const char     *text,
            const char     *start)
{
  for (guint i = 0; i < project->examples->len; i++)
    {
      const FixtureExample *example = g_ptr_array_index (project->examples, i);

      if (g_str_has_prefix (example->text, start))
        g_assert_cmpstr (example->text, ==, text);
    }
}

static void
check_counts (FixtureProject *project,
              const HoneJson *expected)
{
  const HoneJson *predictions = hone_json_get (expected, "predictions");
  const HoneJson *warnings = hone_json_get (expected, "warnings");
  const HoneJson *splits = hone_json_get (expected, "splits");

  for (guint i = 0; i < HONE_N_WARNINGS; i++)
    {
      const char *word = hone_warning_code_to_string (i);

      if (project->warnings[i] != number_of (warnings, word))
        g_test_message ("warning %s: %" G_GUINT64_FORMAT " instead of %" G_GUINT64_FORMAT, word, project->warnings[i],
                        number_of (warnings, word));
    }
  g_assert_cmpuint (project->examples->len, ==, number_of (expected, "examples"));
  g_assert_cmpuint (fixture_count_labels (project), ==, number_of (expected, "labels"));
  g_assert_cmpuint (fixture_count_current (project), ==, number_of (expected, "current"));
  g_assert_cmpuint (fixture_count_skips (project), ==, number_of (expected, "skipped"));
  g_assert_cmpuint (project->refused, ==, number_of (expected, "refused"));
  g_assert_cmpuint (project->failed, ==, number_of (expected, "failed"));
  for (HoneOutcome outcome = 0; outcome < HONE_OUTCOME_FAILED; outcome++)
    g_assert_cmpuint (fixture_count_outcome (project, outcome), ==, number_of (predictions, hone_outcome_to_string (outcome)));
  for (guint i = 0; i < HONE_N_WARNINGS; i++)
    g_assert_cmpuint (project->warnings[i], ==, number_of (warnings, hone_warning_code_to_string (i)));
  for (HoneSplit split = 0; splits != NULL && split < HONE_N_SPLITS; split++)
    g_assert_cmpuint (fixture_count_split (project, split), ==, number_of (splits, hone_split_to_string (split)));
}

static HoneJson *
load_expected (void)
{
  g_autofree char *path = fixtures_path ("expected.json");
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  HoneJson *expected;

  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  expected = hone_json_parse (text, -1, &error);
  g_assert_no_error (error);

  return expected;
}

static void
test_fixture (gconstpointer data)
{
  const char *name = data;
  g_autoptr(HoneJson) all = load_expected ();
  const HoneJson *expected = hone_json_get (all, name);
  const char *after = hone_json_get_string (hone_json_get (expected, "after"));
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(FixtureProject) project = NULL;
  HoneChoice choice;

  g_assert_true (hone_choice_from_string (hone_json_get_string (hone_json_get (expected, "choice")), &choice));
  ontology = fixture_ontology (choice);
  project = fixture_project_new (ontology);

  if (after != NULL)
    {
      guint n_before;

      import (project, after, hone_json_get (all, after));
      n_before = project->examples->len;
      memset (project->warnings, 0, sizeof project->warnings);
      project->refused = 0;
      import (project, name, expected);
      /* Only what is new counts. */
      g_ptr_array_remove_range (project->examples, 0, n_before);
    }
  else
    {
      import (project, name, expected);
    }

  g_test_message ("read as %s", hone_format_to_string (project->format));
  check_counts (project, expected);
  check_text (project, text_2, "Minister says");
  check_text (project, text_3, "Élection à Genève: ");
}

/* ---- and out again ---- */

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static char *
export (FixtureProject *project,
        HoneFormat      format,
        gboolean        flat,
        const char     *folder)
{
  HoneWriterOptions options = {
    .format = format, .ontology = project->ontology, .project_name = "fixture", .with_labels = TRUE, .with_predictions = TRUE, .flat = flat,
  };
  const char *single = format == HONE_FORMAT_KILN || format == HONE_FORMAT_CSV ? "export.csv" : format == HONE_FORMAT_TSV ? "export.tsv"
                                                                                                                   : "export.json";
  char *path = g_build_filename (folder, hone_format_is_folder (format) && !flat ? "export" : single, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < project->examples->len; i++)
    {
      g_autoptr(HoneRecord) record = fixture_dup_record (g_ptr_array_index (project->examples, i));

      hone_writer_write (writer, record, &error);
      g_assert_no_error (error);
    }
  hone_writer_close (writer, &error);
  g_assert_no_error (error);

  return path;
}

static gboolean
promises (HoneFormat format,
          HonePart   part)
{
  return hone_format_keeps (format, part) == HONE_KEEPS_YES;
}

/* Texts whose labels tie have one no more where a format holds one for each text. */
static guint64
count_references (FixtureProject *project)
{
  guint64 n = 0;

  for (guint i = 0; i < project->examples->len; i++)
    {
      const FixtureExample *example = g_ptr_array_index (project->examples, i);
      gboolean differ = FALSE;
      const FixtureLabel *first = NULL, *review = NULL;

      for (guint j = 0; j < example->labels->len; j++)
        {
          const FixtureLabel *label = g_ptr_array_index (example->labels, j);

          if (!label->current || label->skip)
            continue;
          if (label->origin == HONE_ORIGIN_REVIEW)
            review = label;
          differ = differ || (first != NULL && !g_strv_equal ((const char * const *) first->keys, (const char * const *) label->keys));
          first = first != NULL ? first : label;
        }
      n += first != NULL && (!differ || review != NULL) ? 1 : 0;
    }

  return n;
}

static void
test_there_and_back (gconstpointer data)
{
  const char *name = data;
  g_autoptr(HoneJson) all = load_expected ();
  const HoneJson *expected = hone_json_get (all, name);
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(FixtureProject) project = NULL;
  g_autoptr(FixtureProject) again = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hone-XXXXXX", NULL);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;
  gboolean flat = strstr (name, "flat") != NULL;
  const char *paths[2] = { NULL };
  HoneChoice choice;

  g_assert_true (hone_choice_from_string (hone_json_get_string (hone_json_get (expected, "choice")), &choice));
  ontology = fixture_ontology (choice);
  project = fixture_project_new (ontology);
  again = fixture_project_new (ontology);
  import (project, name, expected);
  if (!hone_format_can_write (project->format))
    {
      g_test_skip ("Hone only reads this format");
      remove_tree (folder);
      return;
    }

  path = export (project, project->format, flat, folder);
  paths[0] = path;
  {
    HoneReaderOptions options = { .format = project->format };

    fixture_project_import (again, paths, &options, HONE_SPLIT_TRAIN, FALSE, &error);
  }
  g_assert_no_error (error);

  g_assert_cmpuint (again->examples->len, ==, project->examples->len);
  g_assert_cmpuint (again->refused, ==, 0);
  if (promises (project->format, HONE_PART_HISTORY))
    g_assert_cmpuint (fixture_count_labels (again), ==, fixture_count_labels (project));
  if (promises (project->format, HONE_PART_HISTORY))
    g_assert_cmpuint (fixture_count_current (again), ==, fixture_count_current (project));
  else if (project->format != HONE_FORMAT_ARGILLA)
    g_assert_cmpuint (count_references (again), ==, count_references (project));
  else
    g_assert_cmpuint (fixture_count_current (again), ==, fixture_count_current (project));
  if (promises (project->format, HONE_PART_SKIP) || flat)
    g_assert_cmpuint (fixture_count_skips (again), ==, fixture_count_skips (project));
  if (promises (project->format, HONE_PART_PREDICTION) || project->format == HONE_FORMAT_LABEL_STUDIO)
    g_assert_cmpuint (fixture_count_outcome (again, HONE_OUTCOME_ANSWERED), ==, fixture_count_outcome (project, HONE_OUTCOME_ANSWERED));
  for (guint i = 0; i < project->examples->len; i++)
    {
      const FixtureExample *example = g_ptr_array_index (project->examples, i);
      g_autofree char *text = g_strdup (example->text);

      if (project->format == HONE_FORMAT_FASTTEXT)
        g_strdelimit (text, "\n", ' ');
      g_assert_nonnull (fixture_find (again, text));
      if (promises (project->format, HONE_PART_OWN_ID))
        g_assert_cmpstr (fixture_find (again, text)->external_id, ==, example->external_id);
    }
  remove_tree (folder);
}

static void
test_absent (void)
{
  g_test_skip ("the shared fixtures are not here (HONE_SHARED_DIR)");
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(HoneJson) expected = NULL;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  expected = load_expected ();
  if (expected == NULL)
    g_test_add_func ("/formats/fixtures/absent", test_absent);
  for (gsize i = 0; i < hone_json_get_size (expected); i++)
    {
      const char *name = hone_json_get_name (expected, i);
      g_autofree char *path = g_strconcat ("/formats/fixtures/", name, NULL);

      g_autofree char *back = g_strconcat ("/formats/there-and-back/", name, NULL);

      g_test_add_data_func (path, name, test_fixture);
      if (hone_json_get (hone_json_get_nth (expected, i), "after") == NULL)
        g_test_add_data_func (back, name, test_there_and_back);
    }

  return g_test_run ();
}
