/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Details of the peers' formats on small files of our own (tests/data/formats): who, when, which model, what is kept as metadata. */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "fixture-count.h"
#include "formats/hone-json.h"

/* The two texts that most files hold. */
static const char text_a[] = "Line one, \"quoted\"; semicolon | pipe\nline two\tafter a tab";
static const char text_b[] = "日本の選挙 – naïve café 🏳️‍🌈 ok";

#define TEN_O_CLOCK (G_GINT64_CONSTANT (1767607200) * G_USEC_PER_SEC)   /* 2026-01-05T10:00:00Z */

static char *
data_path (const char *name)
{
  return g_build_filename (g_getenv ("HONE_SOURCE_DIR"), "tests", "data", "formats", name, NULL);
}

typedef struct {
  HoneOntology   *ontology;
  FixtureProject *project;
} Import;

static void
import_clear (Import *self)
{
  fixture_project_free (self->project);
  hone_ontology_unref (self->ontology);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static Import
import_with (const char              *name,
             HoneChoice               choice,
             HoneFormat               format,
             const HoneReaderOptions *options)
{
  g_autofree char *path = data_path (name);
  const char *paths[] = { path, NULL };
  Import self = { fixture_ontology (choice), NULL };
  g_autoptr(GError) error = NULL;

  self.project = fixture_project_new (self.ontology);
  fixture_project_import (self.project, paths, options, HONE_SPLIT_TRAIN, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hone_format_to_string (self.project->format), ==, hone_format_to_string (format));

  return self;
}

static Import
import (const char *name,
        HoneChoice  choice,
        HoneFormat  format)
{
  return import_with (name, choice, format, NULL);
}

static FixtureExample *
nth (Import *self,
     guint   i)
{
  g_assert_cmpuint (i, <, self->project->examples->len);

  return g_ptr_array_index (self->project->examples, i);
}

static void
assert_label (FixtureExample *example,
              guint           i,
              const char     *author,
              gint64          time,
              const char     *keys)
{
  const FixtureLabel *label;
  g_autofree char *found = NULL;

  g_assert_cmpuint (i, <, example->labels->len);
  label = g_ptr_array_index (example->labels, i);
  found = label->skip ? g_strdup ("skip") : g_strjoinv (" ", label->keys);
  g_assert_cmpstr (found, ==, keys);
  g_assert_cmpstr (label->author, ==, author);
  g_assert_cmpint (label->time, ==, time);
}

static void
assert_prediction (FixtureExample *example,
                   guint           i,
                   const char     *model,
                   HoneOutcome     outcome,
                   const char     *keys,
                   double          confidence)
{
  const FixturePrediction *prediction;
  g_autofree char *found = NULL;

  g_assert_cmpuint (i, <, example->predictions->len);
  prediction = g_ptr_array_index (example->predictions, i);
  found = prediction->keys != NULL ? g_strjoinv (" ", prediction->keys) : g_strdup ("");
  g_assert_cmpstr (prediction->model, ==, model);
  g_assert_cmpint (prediction->outcome, ==, outcome);
  g_assert_cmpstr (found, ==, keys);
  if (isnan (confidence))
    g_assert_true (isnan (prediction->confidence));
  else
    g_assert_cmpfloat_with_epsilon (prediction->confidence, confidence, 1e-9);
}

/* A member of the metadata as JSON; NULL: it is not there. */
static void
assert_meta (FixtureExample *example,
             const char     *name,
             const char     *json)
{
  g_autoptr(HoneJson) meta = example->meta != NULL ? hone_json_parse (example->meta, -1, NULL) : NULL;
  const HoneJson *member = hone_json_get (meta, name);
  g_autoptr(GString) found = g_string_new (NULL);

  if (member != NULL)
    hone_json_print (member, found);
  g_assert_cmpstr (member != NULL ? found->str : NULL, ==, json);
}

static guint64
warned (Import          *self,
        HoneWarningCode  code)
{
  return self->project->warnings[code];
}

/* ---- Kili ---- */

static void
test_kili (void)
{
  g_auto(Import) self = import ("kili", HONE_CHOICE_ONE, HONE_FORMAT_KILI);
  FixtureExample *first = nth (&self, 0);

  /* An address and a path out of the export are refused. */
  g_assert_cmpuint (self.project->examples->len, ==, 2);
  g_assert_cmpuint (self.project->refused, ==, 2);

  g_assert_cmpstr (first->text, ==, text_a);
  g_assert_cmpstr (first->external_id, ==, "a/1");
  assert_label (first, 0, "pia@example.org", TEN_O_CLOCK, "MONEY");
  assert_label (first, 1, "rev@example.org", TEN_O_CLOCK + 24 * G_TIME_SPAN_HOUR + 250000, "SPORTS");
  g_assert_cmpint (((FixtureLabel *) g_ptr_array_index (first->labels, 1))->origin, ==, HONE_ORIGIN_REVIEW);
  assert_prediction (first, 0, "m-1", HONE_OUTCOME_ANSWERED, "MONEY", 0.73);
  assert_meta (first, "page", "3");
  assert_meta (first, "MOOD", "{\"categories\":[{\"name\":\"GLAD\"}]}");
  g_assert_nonnull (strstr (first->meta, "STOCKS"));

  g_assert_cmpstr (nth (&self, 1)->text, ==, text_b);
  g_assert_cmpuint (nth (&self, 1)->labels->len, ==, 0);
}

/* The user may pick another job. */
static void
test_kili_job (void)
{
  HoneReaderOptions options = { .label_column = "MOOD" };
  g_auto(Import) self = import_with ("kili", HONE_CHOICE_ONE, HONE_FORMAT_KILI, &options);

  g_assert_cmpuint (nth (&self, 0)->labels->len, ==, 0);
  g_assert_cmpuint (warned (&self, HONE_WARNING_UNKNOWN_CATEGORY), ==, 1);
}

/* ---- Label Studio ---- */

static void
test_label_studio (void)
{
  g_auto(Import) self = import ("label-studio.json", HONE_CHOICE_ONE, HONE_FORMAT_LABEL_STUDIO);
  FixtureExample *first = nth (&self, 0), *second = nth (&self, 1);

  g_assert_cmpstr (first->text, ==, text_a);
  g_assert_cmpstr (first->external_id, ==, "1");
  assert_label (first, 0, "4", TEN_O_CLOCK, "MONEY");
  /* Cancelled counts, whatever the result says. */
  assert_label (first, 1, "kim@example.org", TEN_O_CLOCK, "skip");
  assert_meta (first, "page", "{\"n\":[1]}");
  assert_meta (first, "label_studio_meta", "{\"batch\":\"b7\"}");
  g_assert_cmpuint (warned (&self, HONE_WARNING_DRAFT_IGNORED), ==, 1);

  /* Number 9 is Kim, as the other task says. */
  assert_label (second, 0, "kim@example.org", TEN_O_CLOCK + 90 * G_TIME_SPAN_MINUTE + 500000, "SPORTS");
  assert_prediction (second, 0, "m-1", HONE_OUTCOME_ANSWERED, "MONEY", 0.25);
  g_assert_cmpuint (second->predictions->len, ==, 1);
}

static void
test_label_studio_min (void)
{
  g_auto(Import) self = import ("label-studio-min.json", HONE_CHOICE_ONE, HONE_FORMAT_LABEL_STUDIO_MIN);

  /* The control has no known name: it stands between id and annotator. */
  g_assert_cmpuint (self.project->examples->len, ==, 2);
  assert_label (nth (&self, 0), 0, "4", TEN_O_CLOCK, "MONEY");
  assert_label (nth (&self, 0), 1, "5", TEN_O_CLOCK - G_TIME_SPAN_HOUR, "SPORTS");
  g_assert_cmpstr (nth (&self, 1)->text, ==, text_b);
  g_assert_null (nth (&self, 1)->meta);
}

/* ---- Argilla ---- */

static void
test_argilla (void)
{
  g_auto(Import) self = import ("argilla", HONE_CHOICE_SEVERAL, HONE_FORMAT_ARGILLA);
  FixtureExample *first = nth (&self, 0);
  const HoneOntology *declared = self.project->declared;
  g_autofree char *joined = g_strconcat ("Head 🏳️‍🌈\n", text_a, NULL);

  g_assert_cmpstr (first->text, ==, joined);
  g_assert_cmpuint (warned (&self, HONE_WARNING_JOINED_FIELDS), ==, 1);
  g_assert_cmpint (first->split, ==, HONE_SPLIT_TEST);
  assert_meta (first, "k", "1");
  assert_label (first, 0, "u1", 0, "MONEY");
  assert_prediction (first, 0, "m-1", HONE_OUTCOME_ANSWERED, "MONEY SPORTS", 0.4);

  /* No id: the server's. The agent "human" is no model. */
  g_assert_cmpstr (nth (&self, 1)->external_id, ==, "s2");
  assert_label (nth (&self, 1), 0, "import", 0, "SPORTS");

  g_assert_nonnull (declared);
  g_assert_cmpint (hone_ontology_get_choice (declared), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpstr (hone_ontology_get_instruction (declared), ==, "Say what it is about.");
  g_assert_cmpuint (hone_ontology_get_size (declared), ==, 2);
  g_assert_cmpstr (hone_ontology_get_nth (declared, 0)->key, ==, "MONEY");
  g_assert_cmpstr (hone_ontology_get_nth (declared, 0)->name, ==, "Money");
  g_assert_cmpstr (hone_ontology_get_nth (declared, 0)->definition, ==, "banks");
}

static void
test_argilla_flat (void)
{
  g_auto(Import) self = import ("argilla-flat.json", HONE_CHOICE_ONE, HONE_FORMAT_ARGILLA);
  FixtureExample *first = nth (&self, 0);

  g_assert_cmpstr (first->text, ==, text_a);
  g_assert_cmpuint (first->labels->len, ==, 2);
  assert_label (first, 0, "u1", 0, "MONEY");
  assert_label (first, 1, "u3", 0, "skip");
  assert_prediction (first, 0, "m-1", HONE_OUTCOME_ANSWERED, "MONEY", 0.5);
  assert_meta (first, "source", "\"wire\"");
  assert_meta (first, "text", NULL);
  g_assert_cmpuint (warned (&self, HONE_WARNING_DRAFT_IGNORED), ==, 1);
}

static void
test_argilla_v1 (void)
{
  g_auto(Import) self = import ("argilla-v1.jsonl", HONE_CHOICE_ONE, HONE_FORMAT_ARGILLA_V1);
  g_autofree char *joined = g_strconcat ("one\n", text_b, NULL);

  g_assert_cmpstr (nth (&self, 0)->external_id, ==, "7");
  assert_label (nth (&self, 0), 0, "pia", TEN_O_CLOCK, "MONEY");
  assert_prediction (nth (&self, 0), 0, "m-1", HONE_OUTCOME_ANSWERED, "MONEY", 0.7);
  assert_meta (nth (&self, 0), "k", "\"v\"");
  g_assert_cmpstr (nth (&self, 1)->text, ==, joined);
}

/* ---- Prodigy ---- */

static void
test_prodigy (void)
{
  g_auto(Import) self = import ("prodigy-choice.jsonl", HONE_CHOICE_SEVERAL, HONE_FORMAT_PRODIGY);
  FixtureExample *first = nth (&self, 0), *second = nth (&self, 1);

  g_assert_cmpstr (first->external_id, ==, "p1");
  assert_label (first, 0, "set-pia", TEN_O_CLOCK, "MONEY");
  assert_meta (first, "page", "\"9\"");
  assert_meta (first, "versions", "[{\"answer\":\"accept\"}]");
  /* A rejected set says what it is not. */
  g_assert_cmpuint (second->labels->len, ==, 0);
  assert_meta (second, "rejected", "[\"MONEY\",\"SPORTS\"]");
  g_assert_cmpuint (warned (&self, HONE_WARNING_REJECT_IGNORED), ==, 1);

  g_assert_cmpint (hone_ontology_get_choice (self.project->declared), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpuint (hone_ontology_get_size (self.project->declared), ==, 2);
}

/* Accepted categories of one text and author are one set, though other lines stand between them. */
static void
test_prodigy_binary (void)
{
  g_auto(Import) self = import ("prodigy-binary.jsonl", HONE_CHOICE_SEVERAL, HONE_FORMAT_PRODIGY);

  g_assert_cmpuint (self.project->examples->len, ==, 2);
  g_assert_cmpuint (nth (&self, 0)->labels->len, ==, 2);
  assert_label (nth (&self, 0), 0, "kim", TEN_O_CLOCK + 2 * G_USEC_PER_SEC, "MONEY");
  assert_label (nth (&self, 0), 1, "pia", TEN_O_CLOCK + 3 * G_USEC_PER_SEC, "MONEY SPORTS");
  assert_label (nth (&self, 1), 0, "pia", TEN_O_CLOCK + G_USEC_PER_SEC, "SPORTS");
  g_assert_cmpuint (nth (&self, 0)->predictions->len, ==, 0);
}

/* ---- doccano and fastText ---- */

static void
test_doccano (void)
{
  g_auto(Import) self = import ("doccano.jsonl", HONE_CHOICE_SEVERAL, HONE_FORMAT_DOCCANO);

  g_assert_cmpstr (nth (&self, 0)->text, ==, text_a);
  assert_label (nth (&self, 0), 0, "import", 0, "MONEY SPORTS");
  assert_meta (nth (&self, 0), "Comments", "[\"why\"]");
  g_assert_cmpstr (nth (&self, 1)->text, ==, text_b);
  g_assert_cmpuint (warned (&self, HONE_WARNING_EMPTY_ANSWER), ==, 0);
}

static void
test_doccano_lines (void)
{
  g_auto(Import) self = import ("doccano.txt", HONE_CHOICE_SEVERAL, HONE_FORMAT_DOCCANO);

  g_assert_cmpuint (self.project->examples->len, ==, 3);
  g_assert_cmpstr (nth (&self, 0)->text, ==, text_a);
  assert_label (nth (&self, 0), 0, "import", 0, "MONEY SPORTS");
  g_assert_cmpstr (nth (&self, 1)->text, ==, text_b);
  assert_label (nth (&self, 1), 0, "import", 0, "WORLD_NEWS");
  assert_meta (nth (&self, 1), "Comments", "\"why, indeed\"");
  g_assert_cmpstr (nth (&self, 2)->text, ==, "no label at all");
}

/* Quotes and a blank at the end are the text's own here; files are named after splits. */
static void
test_fasttext (void)
{
  g_auto(Import) self = import ("fasttext", HONE_CHOICE_SEVERAL, HONE_FORMAT_FASTTEXT);

  g_assert_cmpuint (self.project->examples->len, ==, 4);
  g_assert_cmpstr (nth (&self, 0)->text, ==, "Rates, \"rise\" again ");
  assert_label (nth (&self, 1), 0, "import", 0, "MONEY SPORTS");
  g_assert_cmpuint (nth (&self, 2)->labels->len, ==, 0);
  g_assert_cmpint (nth (&self, 2)->split, ==, HONE_SPLIT_TRAIN);
  assert_label (nth (&self, 3), 0, "import", 0, "WORLD_NEWS");
  g_assert_cmpint (nth (&self, 3)->split, ==, HONE_SPLIT_VALIDATION);
}

/* ---- OpenAI ---- */

/* From ten lines on the common frame of all questions is the template. */
static void
test_openai_chat (void)
{
  g_auto(Import) self = import ("openai-chat.jsonl", HONE_CHOICE_ONE, HONE_FORMAT_OPENAI_CHAT);
  HoneTemplate *template = self.project->template;

  g_assert_nonnull (template);
  g_assert_cmpstr (hone_template_get_prefix (template), ==, "Headline: ");
  g_assert_cmpstr (hone_template_get_suffix (template), ==, "\nCategory:");
  g_assert_cmpstr (hone_template_get_instruction (template), ==, "Name the category.");

  g_assert_cmpuint (self.project->examples->len, ==, 12);
  g_assert_cmpuint (self.project->refused, ==, 2);
  g_assert_cmpuint (warned (&self, HONE_WARNING_NOT_CLASSIFICATION), ==, 2);
  g_assert_cmpstr (nth (&self, 9)->text, ==, text_a);
  g_assert_cmpstr (nth (&self, 10)->text, ==, text_b);
  g_assert_cmpstr (nth (&self, 11)->text, ==, "Parts");
  assert_label (nth (&self, 11), 0, "import", 0, "MONEY");
}

/* All labels end in S: the stop must not take it. */
static void
test_openai_completion (void)
{
  g_auto(Import) self = import ("openai-completion.jsonl", HONE_CHOICE_ONE, HONE_FORMAT_OPENAI_COMPLETION);

  g_assert_cmpstr (hone_template_get_suffix (self.project->template), ==, "\n\n###\n\n");
  g_assert_cmpstr (hone_template_get_stop (self.project->template), ==, "");
  g_assert_cmpstr (nth (&self, 0)->text, ==, text_a);
  assert_label (nth (&self, 0), 0, "import", 0, "SPORTS");
  assert_label (nth (&self, 1), 0, "import", 0, "POLITICS");
  g_assert_cmpuint (warned (&self, HONE_WARNING_UNKNOWN_CATEGORY), ==, 1);
}

/* The answers come first by name, the questions must all the same be read before them. */
static void
test_openai_batch (void)
{
  g_auto(Import) self = import ("openai-batch", HONE_CHOICE_ONE, HONE_FORMAT_OPENAI_BATCH);

  g_assert_cmpuint (self.project->examples->len, ==, 3);
  g_assert_cmpstr (nth (&self, 0)->text, ==, text_a);
  assert_prediction (nth (&self, 0), 0, "m-1", HONE_OUTCOME_ANSWERED, "SPORTS", NAN);
  g_assert_cmpstr (nth (&self, 1)->text, ==, text_b);
  assert_prediction (nth (&self, 1), 0, "m-1", HONE_OUTCOME_ABSTAINED, "", NAN);
  assert_prediction (nth (&self, 2), 0, "m-1", HONE_OUTCOME_OUT_OF_SET, "", NAN);
  g_assert_cmpstr (hone_template_get_instruction (self.project->template), ==, "Name it.");
}

/* ---- Hugging Face ---- */

static void
test_huggingface_card (void)
{
  HoneReaderOptions options = { .id_column = "uid" };
  g_auto(Import) self = import_with ("huggingface-card", HONE_CHOICE_ONE, HONE_FORMAT_HUGGINGFACE, &options);
  FixtureExample *a = fixture_find (self.project, text_a), *b = fixture_find (self.project, text_b);
  FixtureExample *list = fixture_find (self.project, "[1, 2] is a list");

  g_assert_cmpuint (self.project->examples->len, ==, 4);
  g_assert_cmpstr (a->external_id, ==, "u1");
  g_assert_cmpint (a->split, ==, HONE_SPLIT_TRAIN);
  assert_label (a, 0, "import", 0, "MONEY");
  assert_meta (a, "extra", "\"x\"");
  assert_label (b, 0, "import", 0, "SPORTS");
  assert_label (list, 0, "import", 0, "SPORTS");
  g_assert_cmpint (list->split, ==, HONE_SPLIT_TEST);
  g_assert_cmpuint (fixture_find (self.project, "nothing")->labels->len, ==, 0);
  g_assert_cmpuint (hone_ontology_get_size (self.project->declared), ==, 2);
}

/* Without a card: names from the column beside the numbers, splits from the files' names. */
static void
test_huggingface_bare (void)
{
  g_auto(Import) self = import ("huggingface-bare", HONE_CHOICE_ONE, HONE_FORMAT_HUGGINGFACE);

  assert_label (fixture_find (self.project, text_a), 0, "import", 0, "SPORTS");
  assert_label (fixture_find (self.project, text_b), 0, "import", 0, "MONEY");
  g_assert_cmpint (fixture_find (self.project, "third")->split, ==, HONE_SPLIT_VALIDATION);
}

/* ---- Kiln ---- */

static void
test_kiln_csv (void)
{
  g_auto(Import) self = import ("kiln.csv", HONE_CHOICE_ONE, HONE_FORMAT_KILN);

  assert_label (nth (&self, 0), 0, "import", 0, "MONEY");
  g_assert_cmpint (nth (&self, 0)->split, ==, HONE_SPLIT_TEST);
  assert_meta (nth (&self, 0), "tags", "[\"own\"]");
  assert_meta (nth (&self, 0), "reasoning", "\"because\"");
  g_assert_cmpstr (nth (&self, 1)->text, ==, "[] is no list here");
}

static void
test_kiln_runs (void)
{
  g_auto(Import) self = import ("kiln-runs", HONE_CHOICE_ONE, HONE_FORMAT_KILN);
  FixtureExample *a = fixture_find (self.project, text_a), *b = fixture_find (self.project, text_b);

  g_assert_cmpuint (self.project->examples->len, ==, 2);
  g_assert_cmpstr (a->external_id, ==, "100");
  assert_prediction (a, 0, "m-1", HONE_OUTCOME_ANSWERED, "SPORTS", NAN);
  assert_meta (a, "rating", "4.0");
  g_assert_cmpint (a->split, ==, HONE_SPLIT_VALIDATION);
  g_assert_cmpuint (warned (&self, HONE_WARNING_RATING_KEPT), ==, 1);
  assert_label (b, 0, "kim", TEN_O_CLOCK, "MONEY");
}

/* ---- LLaMA-Factory ---- */

/* The list of data sets says which files and under which names; a file it does not name is not read. */
static void
test_llama_factory (void)
{
  g_auto(Import) self = import ("llama-factory", HONE_CHOICE_ONE, HONE_FORMAT_LLAMA_FACTORY);

  g_assert_cmpuint (self.project->examples->len, ==, 3);
  assert_label (fixture_find (self.project, text_a), 0, "import", 0, "MONEY");
  assert_label (fixture_find (self.project, text_b), 0, "import", 0, "SPORTS");
  assert_label (fixture_find (self.project, "hello 🏳️‍🌈"), 0, "import", 0, "SPORTS");
  g_assert_cmpuint (self.project->refused, ==, 1);
}

static void
test_alpaca (void)
{
  g_auto(Import) self = import ("llama-alpaca.json", HONE_CHOICE_ONE, HONE_FORMAT_LLAMA_FACTORY);

  g_assert_cmpuint (self.project->examples->len, ==, 2);
  g_assert_cmpstr (nth (&self, 0)->text, ==, "First question");
  g_assert_cmpstr (nth (&self, 1)->text, ==, "Second, with more");
  assert_meta (nth (&self, 1), "input", "\"context\"");
  g_assert_cmpuint (warned (&self, HONE_WARNING_NOT_CLASSIFICATION), ==, 1);
}

/* ---- archives: the same files below a folder of a zip ---- */

static void
add_to_zip (struct archive *zip,
            const char     *path,
            const char     *name)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;
  struct archive_entry *entry;
  const char *inner;
  g_autofree char *text = NULL;
  gsize length;

  while (dir != NULL && (inner = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner_path = g_build_filename (path, inner, NULL);
      g_autofree char *inner_name = g_strconcat (name, "/", inner, NULL);

      add_to_zip (zip, inner_path, inner_name);
    }
  if (dir != NULL)
    return;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  entry = archive_entry_new ();
  archive_entry_set_pathname (entry, name);
  archive_entry_set_size (entry, length);
  archive_entry_set_filetype (entry, AE_IFREG);
  archive_entry_set_perm (entry, 0644);
  g_assert_cmpint (archive_write_header (zip, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (zip, text, length), ==, length);
  archive_entry_free (entry);
}

static void
test_zip (gconstpointer data)
{
  const char *name = data;
  g_autofree char *folder = g_dir_make_tmp ("hone-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "export.zip", NULL);
  g_autofree char *from = data_path (name);
  const char *plain_paths[] = { from, NULL }, *zip_paths[] = { path, NULL };
  g_autoptr(HoneOntology) ontology = fixture_ontology (HONE_CHOICE_SEVERAL);
  g_autoptr(FixtureProject) plain = fixture_project_new (ontology);
  g_autoptr(FixtureProject) zipped = fixture_project_new (ontology);
  g_autoptr(GError) error = NULL;
  struct archive *zip = archive_write_new ();

  archive_write_set_format_zip (zip);
  g_assert_cmpint (archive_write_open_filename (zip, path), ==, ARCHIVE_OK);
  add_to_zip (zip, from, "project 7/export");
  g_assert_cmpint (archive_write_close (zip), ==, ARCHIVE_OK);
  archive_write_free (zip);

  fixture_project_import (plain, plain_paths, NULL, HONE_SPLIT_TRAIN, FALSE, &error);
  g_assert_no_error (error);
  fixture_project_import (zipped, zip_paths, NULL, HONE_SPLIT_TRAIN, FALSE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (hone_format_to_string (zipped->format), ==, hone_format_to_string (plain->format));
  g_assert_cmpuint (zipped->examples->len, ==, plain->examples->len);
  g_assert_cmpuint (zipped->refused, ==, plain->refused);
  g_assert_cmpuint (fixture_count_labels (zipped), ==, fixture_count_labels (plain));
  g_assert_cmpuint (fixture_count_outcome (zipped, HONE_OUTCOME_ANSWERED), ==, fixture_count_outcome (plain, HONE_OUTCOME_ANSWERED));
  for (HoneSplit split = 0; split < HONE_N_SPLITS; split++)
    g_assert_cmpuint (fixture_count_split (zipped, split), ==, fixture_count_split (plain, split));
  g_assert_nonnull (fixture_find (zipped, ((FixtureExample *) g_ptr_array_index (plain->examples, 0))->text));

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  static const char * const folders[] = { "kili", "argilla", "fasttext", "openai-batch", "huggingface-card", "kiln-runs", "llama-factory" };

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_strconcat ("/formats/peers/zip/", folders[i], NULL);

      g_test_add_data_func (path, folders[i], test_zip);
    }
  g_test_add_func ("/formats/peers/kili", test_kili);
  g_test_add_func ("/formats/peers/kili-job", test_kili_job);
  g_test_add_func ("/formats/peers/label-studio", test_label_studio);
  g_test_add_func ("/formats/peers/label-studio-min", test_label_studio_min);
  g_test_add_func ("/formats/peers/argilla", test_argilla);
  g_test_add_func ("/formats/peers/argilla-flat", test_argilla_flat);
  g_test_add_func ("/formats/peers/argilla-v1", test_argilla_v1);
  g_test_add_func ("/formats/peers/prodigy", test_prodigy);
  g_test_add_func ("/formats/peers/prodigy-binary", test_prodigy_binary);
  g_test_add_func ("/formats/peers/doccano", test_doccano);
  g_test_add_func ("/formats/peers/doccano-lines", test_doccano_lines);
  g_test_add_func ("/formats/peers/fasttext", test_fasttext);
  g_test_add_func ("/formats/peers/openai-chat", test_openai_chat);
  g_test_add_func ("/formats/peers/openai-completion", test_openai_completion);
  g_test_add_func ("/formats/peers/openai-batch", test_openai_batch);
  g_test_add_func ("/formats/peers/huggingface-card", test_huggingface_card);
  g_test_add_func ("/formats/peers/huggingface-bare", test_huggingface_bare);
  g_test_add_func ("/formats/peers/kiln-csv", test_kiln_csv);
  g_test_add_func ("/formats/peers/kiln-runs", test_kiln_runs);
  g_test_add_func ("/formats/peers/llama-factory", test_llama_factory);
  g_test_add_func ("/formats/peers/alpaca", test_alpaca);

  return g_test_run ();
}
