/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hone JSON lines lose nothing: each member of each record, the ontology with all of its fields, in both choice rules. */
#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "formats/hone-reader.h"
#include "formats/hone-writer.h"

#define T0 (G_GINT64_CONSTANT (1793620800) * G_USEC_PER_SEC)

static HoneOntology *
make_ontology (HoneChoice choice)
{
  char *aliases[] = { (char *) "WORLD NEWS", (char *) "World & News", NULL };
  HoneCategory world = {
    .key = (char *) "WORLD_NEWS", .name = (char *) "World News", .definition = (char *) "events\n\"elsewhere\" 🌍", .color = (char *) "#9141AC",
    .shortcut = (char *) "3", .aliases = aliases,
  };
  HoneCategory bare = { .key = (char *) "選挙", .name = (char *) "選挙" };
  HoneOntology *ontology = hone_ontology_new (choice, "What is\nit about?");

  g_assert_cmpuint (hone_ontology_add (ontology, &world, NULL), !=, 0);
  g_assert_cmpuint (hone_ontology_add (ontology, &bare, NULL), !=, 0);

  return ontology;
}

static void
add_label (HoneRecord *record,
           const char *author,
           gint64      time,
           HoneOrigin  origin,
           const char *keys,
           const char *note)
{
  HoneRecordLabel *label = hone_record_add_label (record);

  label->author = g_strdup (author);
  label->time = time;
  label->origin = origin;
  label->skip = keys == NULL;
  label->words = keys != NULL ? g_strsplit (keys, " ", -1) : NULL;
  label->note = g_strdup (note);
}

static GPtrArray *
make_records (void)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_record_free);
  HoneRecord *record = hone_record_new ();
  HoneRecordPrediction *prediction;

  record->external_id = g_strdup ("id \"1\"\n/ü");
  record->text = g_strdup (" text\r\nwith\u2028all\tkinds\\of 🏳️‍🌈 things ");
  record->split = HONE_SPLIT_TEST;
  record->flag = TRUE;
  record->meta = g_strdup ("{\"a\":[1,2.5,{\"b\":null}],\"c\":\"\\u0001\"}");
  record->known = g_strsplit ("WORLD_NEWS 選挙", " ", -1);
  add_label (record, "ana@example.org", T0 + 1, HONE_ORIGIN_HUMAN, "WORLD_NEWS", "not sure\n");
  add_label (record, "ana@example.org", T0 + 1, HONE_ORIGIN_HUMAN, NULL, "no");
  add_label (record, "ana@example.org", T0 + 1, HONE_ORIGIN_SIMULATED, "選挙", NULL);
  add_label (record, NULL, 0, HONE_ORIGIN_IMPORTED, "選挙 WORLD_NEWS", NULL);
  add_label (record, "rae", T0 + 999999, HONE_ORIGIN_REVIEW, "選挙", NULL);
  add_label (record, "rae", T0 + 1000000, HONE_ORIGIN_HUMAN, NULL, NULL);
  prediction = hone_record_add_prediction (record);
  prediction->model = g_strdup ("ft:a/b");
  prediction->iteration = 3;
  prediction->outcome = HONE_OUTCOME_ANSWERED;
  prediction->words = g_strsplit ("WORLD_NEWS", " ", -1);
  prediction->confidence = 1.0 / 3;
  prediction->scores = g_new0 (HoneRecordScore, 2);
  prediction->scores[0] = (HoneRecordScore) { g_strdup ("WORLD_NEWS"), 1.0 / 3 };
  prediction->scores[1] = (HoneRecordScore) { g_strdup ("選挙"), 1e-17 };
  prediction->n_scores = 2;
  prediction->raw = g_strdup (" World news.\n");
  prediction->time = T0 + 7;
  prediction = hone_record_add_prediction (record);
  prediction->outcome = HONE_OUTCOME_OUT_OF_SET;
  prediction->reason = g_strdup ("unknown");
  prediction->raw = g_strdup ("WEATHER");
  g_ptr_array_add (records, record);

  record = hone_record_new ();
  record->text = g_strdup ("");
  record->split = HONE_SPLIT_TRAIN;
  add_label (record, "b", T0, HONE_ORIGIN_HUMAN, "選挙", NULL);
  g_ptr_array_add (records, record);

  record = hone_record_new ();
  record->text = g_strdup ("");
  record->split = HONE_SPLIT_VALIDATION;
  g_ptr_array_add (records, record);

  return records;
}

/* ---- what came back, put together by reference ---- */

static void
take_all (GPtrArray *to,
          GPtrArray *from)
{
  while (from->len > 0)
    g_ptr_array_add (to, g_ptr_array_steal_index (from, 0));
}

static HoneRecord *
find (GPtrArray        *records,
      const HoneRecord *part)
{
  for (guint i = 0; i < records->len; i++)
    {
      HoneRecord *record = g_ptr_array_index (records, i);

      if (g_strcmp0 (record->join_key != NULL ? record->join_key : record->external_id, part->join_key) == 0)
        return record;
    }

  g_assert_not_reached ();
}

static GPtrArray *
read_back (HoneReader *reader)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_record_free);
  g_autoptr(GError) error = NULL;
  HoneReadStatus status;

  do
    {
      HoneRecord *record = NULL;

      status = hone_reader_next (reader, &record, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, !=, HONE_READ_REFUSED);
      if (status != HONE_READ_RECORD)
        break;
      g_assert_cmpuint (record->warnings->len, ==, 0);
      if (!record->must_exist)
        {
          g_ptr_array_add (records, record);
          continue;
        }
      take_all (find (records, record)->labels, record->labels);
      take_all (find (records, record)->predictions, record->predictions);
      if (record->known != NULL)
        find (records, record)->known = g_steal_pointer (&record->known);
      hone_record_free (record);
    }
  while (TRUE);

  return records;
}

/* Skips stand behind the labels in the file, unless an equal time makes the order matter: compared in the order of time. */
static int
compare_labels (gconstpointer a,
                gconstpointer b)
{
  const HoneRecordLabel *label_a = *(HoneRecordLabel * const *) a, *label_b = *(HoneRecordLabel * const *) b;

  return label_a->time < label_b->time ? -1 : label_a->time > label_b->time;
}

static void
assert_equal (HoneRecord *a,
              HoneRecord *b)
{
  g_assert_cmpstr (a->external_id, ==, b->external_id);
  g_assert_cmpstr (a->text, ==, b->text);
  g_assert_cmpint (a->split, ==, b->split);
  g_assert_cmpint (a->flag, ==, b->flag);
  g_assert_cmpstr (a->meta, ==, b->meta);
  g_assert_cmpstrv (a->known, b->known);
  g_assert_cmpuint (a->labels->len, ==, b->labels->len);
  g_assert_cmpuint (a->predictions->len, ==, b->predictions->len);
  g_ptr_array_sort (a->labels, compare_labels);
  g_ptr_array_sort (b->labels, compare_labels);

  for (guint i = 0; i < a->labels->len; i++)
    {
      const HoneRecordLabel *x = g_ptr_array_index (a->labels, i), *y = g_ptr_array_index (b->labels, i);

      g_assert_cmpstr (x->author, ==, y->author);
      g_assert_cmpint (x->time, ==, y->time);
      g_assert_cmpint (x->origin, ==, y->origin);
      g_assert_cmpint (x->skip, ==, y->skip);
      g_assert_cmpstrv (x->words, y->words);
      g_assert_cmpstr (x->note, ==, y->note);
    }
  for (guint i = 0; i < a->predictions->len; i++)
    {
      const HoneRecordPrediction *x = g_ptr_array_index (a->predictions, i), *y = g_ptr_array_index (b->predictions, i);

      g_assert_cmpstr (x->model, ==, y->model);
      g_assert_cmpint (x->iteration, ==, y->iteration);
      g_assert_cmpint (x->outcome, ==, y->outcome);
      g_assert_cmpstrv (x->words, y->words);
      g_assert_true (x->confidence == y->confidence || (isnan (x->confidence) && isnan (y->confidence)));
      g_assert_cmpuint (x->n_scores, ==, y->n_scores);
      for (gsize j = 0; j < x->n_scores; j++)
        {
          g_assert_cmpstr (x->scores[j].word, ==, y->scores[j].word);
          g_assert_true (x->scores[j].value == y->scores[j].value);
        }
      g_assert_cmpstr (x->raw, ==, y->raw);
      g_assert_cmpstr (x->reason, ==, y->reason);
      g_assert_cmpint (x->time, ==, y->time);
    }
}

static void
test_lossless (gconstpointer data)
{
  g_autoptr(HoneOntology) ontology = make_ontology (GPOINTER_TO_UINT (data));
  g_autoptr(GPtrArray) records = make_records ();
  g_autoptr(GPtrArray) back = NULL;
  g_autofree char *folder = g_dir_make_tmp ("hone-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "all.jsonl", NULL);
  const char *paths[] = { path, NULL };
  HoneWriterOptions options = {
    .format = HONE_FORMAT_HONE_JSONL, .ontology = ontology, .project_name = "p", .with_labels = TRUE, .with_predictions = TRUE,
  };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneWriter) writer = hone_writer_open (path, &options, &error);
  g_autoptr(HoneReader) reader = NULL;
  const HoneOntology *declared;
  g_autofree char *hash = NULL;
  g_autofree char *hash_back = NULL;

  for (guint i = 0; i < records->len; i++)
    {
      hone_writer_write (writer, g_ptr_array_index (records, i), &error);
      g_assert_no_error (error);
    }
  hone_writer_close (writer, &error);
  g_assert_no_error (error);

  reader = hone_reader_open (paths, NULL, &error);
  g_assert_no_error (error);
  back = read_back (reader);
  g_assert_cmpuint (back->len, ==, records->len);
  for (guint i = 0; i < records->len; i++)
    assert_equal (g_ptr_array_index (back, i), g_ptr_array_index (records, i));

  declared = hone_reader_get_ontology (reader);
  hash = hone_ontology_dup_hash (ontology);
  hash_back = hone_ontology_dup_hash (declared);
  g_assert_cmpstr (hash, ==, hash_back);
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *a = hone_ontology_get_nth (ontology, i), *b = hone_ontology_get_nth (declared, i);

      g_assert_cmpstr (a->color, ==, b->color);
      g_assert_cmpstr (a->shortcut, ==, b->shortcut);
      g_assert_cmpstr (a->definition, ==, b->definition);
    }

  g_unlink (path);
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_data_func ("/formats/lossless/one", GUINT_TO_POINTER (HONE_CHOICE_ONE), test_lossless);
  g_test_add_data_func ("/formats/lossless/several", GUINT_TO_POINTER (HONE_CHOICE_SEVERAL), test_lossless);

  return g_test_run ();
}
