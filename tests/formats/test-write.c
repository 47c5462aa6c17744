/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writers: nothing half-written ever stands in its place, and what they write. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "fixture-count.h"
#include "formats/hone-json.h"
#include "formats/hone-writer.h"

typedef struct {
  char         *folder;
  HoneOntology *ontology;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->folder = g_dir_make_tmp ("hone-XXXXXX", NULL);
  fixture->ontology = fixture_ontology (HONE_CHOICE_ONE);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  hone_ontology_unref (fixture->ontology);
}

static guint
count_files (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static HoneRecord *
new_record (const char *id,
            const char *text,
            const char *key)
{
  HoneRecord *record = hone_record_new ();

  record->external_id = g_strdup (id);
  record->text = g_strdup (text);
  if (key != NULL)
    hone_record_add_label (record)->words = g_strsplit (key, " ", -1);

  return record;
}

static HoneWriterOptions
options_for (Fixture    *fixture,
             HoneFormat  format)
{
  return (HoneWriterOptions) { .format = format, .ontology = fixture->ontology, .with_labels = TRUE, .with_predictions = TRUE };
}

/* ---- places ---- */

static void
test_abandoned (Fixture       *fixture,
                gconstpointer  data)
{
  HoneFormat format = GPOINTER_TO_UINT (data);
  HoneWriterOptions options = options_for (fixture, format);
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr(HoneRecord) record = new_record ("a", "Rates rise", "MONEY");
  g_autoptr(GError) error = NULL;
  HoneWriter *writer = hone_writer_open (path, &options, &error);

  g_assert_no_error (error);
  hone_writer_write (writer, record, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  hone_writer_free (writer);
  g_assert_cmpuint (count_files (fixture->folder), ==, 0);
}

/* What stood there stays until the new one is whole. */
static void
test_replace (Fixture       *fixture,
              gconstpointer  data)
{
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_JSONL);
  g_autofree char *path = g_build_filename (fixture->folder, "out.jsonl", NULL);
  g_autoptr(HoneRecord) record = new_record ("a", "Rates rise", "MONEY");
  g_autoptr(HoneWriter) writer = NULL;
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  writer = hone_writer_open (path, &options, &error);
  g_assert_no_error (error);
  hone_writer_write (writer, record, &error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "old");
  hone_writer_close (writer, &error);
  g_assert_no_error (error);
  g_free (g_steal_pointer (&text));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "{\"id\":\"a\",\"text\":\"Rates rise\",\"label\":\"MONEY\",\"split\":\"train\"}\n");
}

static void
test_bad_places (Fixture       *fixture,
                 gconstpointer  data)
{
  HoneWriterOptions file = options_for (fixture, HONE_FORMAT_CSV), folder = options_for (fixture, HONE_FORMAT_HUGGINGFACE);
  HoneWriterOptions unknown = options_for (fixture, HONE_FORMAT_ARGILLA_V1);
  g_autofree char *inner = g_build_filename (fixture->folder, "x", "y.csv", NULL);
  g_autofree char *stands = g_build_filename (fixture->folder, "file", NULL);
  g_autofree char *empty = g_build_filename (fixture->folder, "empty", NULL);
  g_autoptr(HoneWriter) writer = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (hone_writer_open (fixture->folder, &file, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_null (hone_writer_open (inner, &file, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_null (hone_writer_open (stands, &unknown, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNKNOWN_FORMAT);
  g_clear_error (&error);

  g_assert_true (g_file_set_contents (stands, "x", -1, NULL));
  g_assert_null (hone_writer_open (stands, &folder, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_null (hone_writer_open (fixture->folder, &folder, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE);
  g_clear_error (&error);
  g_assert_cmpuint (count_files (fixture->folder), ==, 1);

  /* An empty folder may stand there. */
  g_assert_cmpint (g_mkdir (empty, 0777), ==, 0);
  writer = hone_writer_open (empty, &folder, &error);
  g_assert_no_error (error);
  hone_writer_close (writer, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (empty), ==, 1);
}

/* Each write fails beyond some size, as on a full disk: the error is told, what stood there stays, and nothing lies about. */
static void
test_full (Fixture       *fixture,
           gconstpointer  data)
{
  HoneFormat format = GPOINTER_TO_UINT (data);
  HoneWriterOptions options = options_for (fixture, format);
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *long_text = g_strnfill (300 * 1000, 'x');
  g_autoptr(HoneRecord) record = new_record ("a", long_text, "MONEY");
  struct rlimit before, limited;
  gboolean written;
  g_autoptr(GError) error = NULL;
  HoneWriter *writer;

  if (!hone_format_is_folder (format))
    g_assert_true (g_file_set_contents (path, "old", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limited = before;
  limited.rlim_cur = 100 * 1000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limited), ==, 0);

  writer = hone_writer_open (path, &options, &error);
  g_assert_no_error (error);
  written = hone_writer_write (writer, record, &error) && hone_writer_close (writer, &error);
  hone_writer_free (writer);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (written);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE);
  if (!hone_format_is_folder (format))
    {
      g_autofree char *text = NULL;

      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      g_assert_cmpstr (text, ==, "old");
    }
  g_assert_cmpuint (count_files (fixture->folder), ==, hone_format_is_folder (format) ? 0 : 1);
}

/* ---- records that a format cannot hold ---- */

static void
test_unwritable (Fixture       *fixture,
                 gconstpointer  data)
{
  static const struct {
    HoneFormat  format;
    const char *id, *text;
    HoneSplit   split;
  } cases[] = {
    { HONE_FORMAT_KILI, "a/b", "x", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_KILI, "..", "x", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_KILI, "", "x", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_FASTTEXT, "a", "__label__x y", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_FASTTEXT, "a", " \n", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_DOCCANO, "a", "", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_KILN, "a", " ", HONE_SPLIT_TRAIN },
    { HONE_FORMAT_OPENAI_CHAT, "a", "x", HONE_SPLIT_TEST },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      HoneWriterOptions options = options_for (fixture, cases[i].format);
      g_autofree char *path = g_strdup_printf ("%s/out-%" G_GSIZE_FORMAT, fixture->folder, i);
      g_autoptr(HoneRecord) bad = new_record (cases[i].id, cases[i].text, "MONEY");
      g_autoptr(HoneRecord) good = new_record ("good", "Rates rise", "MONEY");
      g_autoptr(HoneLossReport) report = hone_loss_report_new (&options);
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, &error);

      bad->split = cases[i].split;
      g_assert_no_error (error);
      g_assert_false (hone_writer_write (writer, bad, &error));
      g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE);
      g_clear_error (&error);
      hone_writer_write (writer, good, &error);
      g_assert_no_error (error);
      hone_writer_close (writer, &error);
      g_assert_no_error (error);

      hone_loss_report_add (report, bad);
      hone_loss_report_add (report, good);
      g_assert_cmpuint (hone_loss_report_get_count (report, HONE_PART_TEXT), ==, 1);
    }
}

static void
test_long_id (Fixture       *fixture,
              gconstpointer  data)
{
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_KILI);
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *fits = g_strnfill (250, 'a');
  g_autofree char *longer = g_strnfill (251, 'a');
  g_autoptr(HoneRecord) good = new_record (fits, "x", "MONEY");
  g_autoptr(HoneRecord) bad = new_record (longer, "x", "MONEY");
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, &error);

  hone_writer_write (writer, good, &error);
  g_assert_no_error (error);
  g_assert_false (hone_writer_write (writer, bad, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE);
}

/* ---- contents ---- */

static char *
written (Fixture    *fixture,
         HoneFormat  format,
         HoneRecord *record,
         const char *inner)
{
  HoneWriterOptions options = options_for (fixture, format);
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *file = g_build_filename (path, inner, NULL);
  char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, &error);

  options.project_name = "news";
  hone_writer_write (writer, record, &error);
  g_assert_no_error (error);
  hone_writer_close (writer, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (inner != NULL ? file : path, &text, NULL, NULL));

  return text;
}

static void
test_hone_csv (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(HoneRecord) record = new_record ("a,1", "two\nlines", "MONEY");
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);
  HoneRecordLabel *label = g_ptr_array_index (record->labels, 0);
  g_autofree char *text = NULL;

  label->author = g_strdup ("ana");
  label->time = G_GINT64_CONSTANT (1793610000) * G_USEC_PER_SEC;
  prediction->outcome = HONE_OUTCOME_ABSTAINED;
  prediction->raw = g_strdup ("I can't");
  prediction->model = g_strdup ("m");
  prediction->confidence = 0.1;
  record->meta = g_strdup ("{\"k\":1}");
  text = written (fixture, HONE_FORMAT_HONE_CSV, record, NULL);
  g_assert_cmpstr (text, ==,
                   "id,text,label,split,author,time,skipped,prediction,outcome,confidence,model,meta\n"
                   "\"a,1\",\"two\nlines\",MONEY,train,ana,2026-11-02T09:00:00Z,,I can't,abstained,0.1,m,\"{\"\"k\"\":1}\"\n");
}

/* Metadata makes columns; a name that is taken gets another one. */
static void
test_csv (Fixture       *fixture,
          gconstpointer  data)
{
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_CSV);
  g_autofree char *path = g_build_filename (fixture->folder, "out.csv", NULL);
  g_autoptr(HoneRecord) first = new_record (NULL, "one", "MONEY");
  g_autoptr(HoneRecord) second = new_record ("b", "two", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneWriter) writer = NULL;

  options.with_predictions = FALSE;
  first->meta = g_strdup ("{\"page\":3,\"text\":\"t\"}");
  second->meta = g_strdup ("{\"list\":[1,\"x\"]}");
  writer = hone_writer_open (path, &options, &error);
  g_assert_true (hone_writer_write (writer, first, NULL));
  g_assert_true (hone_writer_write (writer, second, NULL));
  g_assert_true (hone_writer_close (writer, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "id,text,label,split,page,meta_text,list\n,one,MONEY,train,3,t,\nb,two,,train,,,\"[1,\"\"x\"\"]\"\n");
}

/* The prediction table of trackers: p_<KEY> for each category. */
static void
test_csv_scores (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(HoneRecord) record = new_record ("a", "one", "MONEY");
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);
  g_autofree char *text = NULL;

  prediction->outcome = HONE_OUTCOME_ANSWERED;
  prediction->words = g_strsplit ("SPORTS", " ", -1);
  prediction->confidence = 0.75;
  prediction->scores = g_new0 (HoneRecordScore, 1);
  prediction->scores[0].word = g_strdup ("SPORTS");
  prediction->scores[0].value = 0.75;
  prediction->n_scores = 1;
  text = written (fixture, HONE_FORMAT_CSV, record, NULL);
  g_assert_cmpstr (text, ==,
                   "id,text,label,split,prediction,outcome,confidence,p_MONEY,p_POLITICS,p_WORLD_NEWS,p_SPORTS\n"
                   "a,one,MONEY,train,SPORTS,answered,0.75,,,,0.75\n");
}

static void
test_fasttext (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(HoneRecord) record = new_record ("a", "two\r\nlines\nand three", "WORLD_NEWS");
  g_autofree char *text = NULL;

  record->split = HONE_SPLIT_VALIDATION;
  text = written (fixture, HONE_FORMAT_FASTTEXT, record, "validation.txt");
  g_assert_cmpstr (text, ==, "__label__WORLD_NEWS two lines and three\n");
}

/* The template renders; texts without a label never stand in a file for training. */
static void
test_chat (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(HoneTemplate) template = hone_template_new ("Name it.", "Text: ", " =>", NULL, FALSE);
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_OPENAI_CHAT);
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autofree char *train = g_build_filename (path, "train.jsonl", NULL);
  g_autofree char *rest = g_build_filename (path, "unlabelled-train.jsonl", NULL);
  g_autofree char *text = NULL;
  g_autofree char *other = NULL;
  g_autoptr(HoneRecord) labelled = new_record ("a", "x \"y\"", "WORLD_NEWS");
  g_autoptr(HoneRecord) bare = new_record ("b", "z", NULL);
  g_autoptr(HoneWriter) writer = NULL;

  options.template = template;
  writer = hone_writer_open (path, &options, NULL);
  g_assert_true (hone_writer_write (writer, labelled, NULL));
  g_assert_true (hone_writer_write (writer, bare, NULL));
  g_assert_true (hone_writer_close (writer, NULL));
  g_assert_true (g_file_get_contents (train, &text, NULL, NULL));
  g_assert_cmpstr (text, ==,
                   "{\"messages\":[{\"role\":\"system\",\"content\":\"Name it.\"},{\"role\":\"user\",\"content\":\"Text: x \\\"y\\\" =>\"},"
                   "{\"role\":\"assistant\",\"content\":\"WORLD_NEWS\"}]}\n");
  g_assert_true (g_file_get_contents (rest, &other, NULL, NULL));
  g_assert_nonnull (strstr (other, "\"Text: z =>\""));
  g_assert_null (strstr (other, "assistant"));
}

/* The form that kili project label takes: only the jsonResponse. */
static void
test_kili (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(HoneRecord) record = new_record ("t.1", "x", "MONEY");
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);
  g_autofree char *label = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "out", "predictions", "ft%3Anews%2F1", "t.1.json", NULL);
  g_autofree char *predicted = NULL;
  g_autofree char *text = g_build_filename (fixture->folder, "out", "texts", "train", "t.1.txt", NULL);

  prediction->outcome = HONE_OUTCOME_ANSWERED;
  prediction->words = g_strsplit ("SPORTS", " ", -1);
  prediction->confidence = 0.07;
  prediction->model = g_strdup ("ft:news/1");
  label = written (fixture, HONE_FORMAT_KILI, record, "labels/t.1.json");
  g_assert_cmpstr (label, ==, "{\"CLASSIFICATION_JOB\":{\"categories\":[{\"name\":\"MONEY\"}]}}\n");
  g_assert_true (g_file_get_contents (path, &predicted, NULL, NULL));
  g_assert_cmpstr (predicted, ==, "{\"CLASSIFICATION_JOB\":{\"categories\":[{\"name\":\"SPORTS\",\"confidence\":7}]}}\n");
  g_assert_true (g_file_test (text, G_FILE_TEST_IS_REGULAR));
}

/* Quoted numbers from 0 without gaps; a key that YAML would take for a truth value is quoted. */
static void
test_card (Fixture       *fixture,
           gconstpointer  data)
{
  HoneCategory no = { .name = (char *) "No" };
  g_autoptr(HoneRecord) record = new_record ("a", "x", "MONEY");
  g_autofree char *card = NULL;

  g_assert_cmpuint (hone_ontology_add (fixture->ontology, &no, NULL), !=, 0);
  card = written (fixture, HONE_FORMAT_HUGGINGFACE, record, "README.md");
  g_assert_nonnull (strstr (card, "        names:\n          '0': MONEY\n          '1': POLITICS\n          '2': "));
  g_assert_nonnull (strstr (card, "'4': \"NO\"\n"));
  g_assert_nonnull (strstr (card, "  - split: train\n    path: train.csv\n"));
  g_assert_null (strstr (card, "license"));
  g_assert_null (strstr (card, "splits:"));
}

/* No person is named to Label Studio's server; the configuration's aliases are the keys. */
static void
test_label_studio (Fixture       *fixture,
                   gconstpointer  data)
{
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_LABEL_STUDIO);
  g_autofree char *path = g_build_filename (fixture->folder, "tasks.json", NULL);
  g_autofree char *config_path = g_build_filename (fixture->folder, "tasks.config.xml", NULL);
  g_autofree char *tasks = NULL;
  g_autofree char *config = NULL;
  g_autoptr(HoneRecord) record = new_record ("a", "x", "WORLD_NEWS");
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, NULL);

  ((HoneRecordLabel *) g_ptr_array_index (record->labels, 0))->author = g_strdup ("ana");
  g_assert_true (hone_writer_write (writer, record, NULL));
  g_assert_true (hone_writer_close (writer, NULL));
  g_assert_true (g_file_get_contents (path, &tasks, NULL, NULL));
  g_assert_null (strstr (tasks, "completed_by"));
  g_assert_nonnull (strstr (tasks, "\"hone_labels\":[{\"author\":\"ana\""));
  g_assert_nonnull (strstr (tasks, "\"choices\":[\"WORLD_NEWS\"]"));
  g_assert_true (g_file_get_contents (config_path, &config, NULL, NULL));
  g_assert_nonnull (strstr (config, "<Choice value=\"World News\" alias=\"WORLD_NEWS\"/>"));
  g_assert_nonnull (strstr (config, "choice=\"single\""));
}

/* Header, categories, examples, and then all that refers to them. */
static void
test_hone_jsonl (Fixture       *fixture,
                 gconstpointer  data)
{
  HoneWriterOptions options = options_for (fixture, HONE_FORMAT_HONE_JSONL);
  g_autofree char *path = g_build_filename (fixture->folder, "out.jsonl", NULL);
  static const char * const kinds[] = {
    "{\"hone\":1", "{\"category\":", "{\"category\":", "{\"category\":", "{\"category\":", "{\"example\":\"a\"", "{\"example\":\"#hone-2\"",
    "{\"known\":\"#hone-2\"", "{\"label\":\"a\"", "{\"label\":\"#hone-2\"", "{\"skip\":\"a\"", "{\"prediction\":\"a\"",
  };
  g_autoptr(HoneRecord) first = new_record ("a", "x", "MONEY");
  g_autoptr(HoneRecord) second = new_record (NULL, "y", "SPORTS");
  HoneRecordPrediction *prediction = hone_record_add_prediction (first);
  HoneRecordLabel *skip = hone_record_add_label (first);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, NULL);

  skip->skip = TRUE;
  skip->author = g_strdup ("ana");
  prediction->outcome = HONE_OUTCOME_OUT_OF_SET;
  second->known = g_strsplit ("MONEY", " ", -1);
  g_assert_true (hone_writer_write (writer, first, NULL));
  g_assert_true (hone_writer_write (writer, second, NULL));
  g_assert_true (hone_writer_close (writer, NULL));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (kinds) + 1);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_assert_true (g_str_has_prefix (lines[i], kinds[i]));
}

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (HoneFormat format = HONE_FORMAT_CSV; format < HONE_N_FORMATS; format++)
    {
      g_autofree char *path = g_strconcat ("/formats/write/abandoned/", hone_format_to_string (format), NULL);

      g_autofree char *full = g_strconcat ("/formats/write/full/", hone_format_to_string (format), NULL);

      if (!hone_format_can_write (format))
        continue;
      ADD (path, GUINT_TO_POINTER (format), test_abandoned);
      ADD (full, GUINT_TO_POINTER (format), test_full);
    }
  ADD ("/formats/write/replace", NULL, test_replace);
  ADD ("/formats/write/bad-places", NULL, test_bad_places);
  ADD ("/formats/write/unwritable", NULL, test_unwritable);
  ADD ("/formats/write/long-id", NULL, test_long_id);
  ADD ("/formats/write/hone-csv", NULL, test_hone_csv);
  ADD ("/formats/write/csv", NULL, test_csv);
  ADD ("/formats/write/csv-scores", NULL, test_csv_scores);
  ADD ("/formats/write/fasttext", NULL, test_fasttext);
  ADD ("/formats/write/chat", NULL, test_chat);
  ADD ("/formats/write/kili", NULL, test_kili);
  ADD ("/formats/write/card", NULL, test_card);
  ADD ("/formats/write/label-studio", NULL, test_label_studio);
  ADD ("/formats/write/hone-jsonl", NULL, test_hone_jsonl);

  return g_test_run ();
}
