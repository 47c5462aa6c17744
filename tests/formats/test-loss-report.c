/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The loss report: counts worked out by hand from file-formats.md section 2. */
#include "config.h"

#include "fixture-count.h"
#include "formats/hone-writer.h"

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

static gboolean
says (HoneLossReport *report,
      const char     *sentence)
{
  return g_strv_contains (hone_loss_report_sentences (report), sentence);
}

static HoneLossReport *
make_report (const HoneOntology *ontology,
             HoneFormat          format,
             gboolean            flat)
{
  HoneWriterOptions options = {
    .format = format, .ontology = ontology, .with_labels = TRUE, .with_predictions = TRUE, .flat = flat,
  };
  HoneLossReport *report;

  report = hone_loss_report_new (&options);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(HoneRecord) record = new_record (i == 0 ? "a" : NULL, "two\nlines", "MONEY");
      HoneRecordLabel *label = g_ptr_array_index (record->labels, 0);
      HoneRecordLabel *other = hone_record_add_label (record);
      HoneRecordPrediction *prediction = hone_record_add_prediction (record);

      label->author = g_strdup ("ana");
      label->time = 5;
      label->note = i == 2 ? g_strdup ("hm") : NULL;
      /* A skip of another person, a newer label of the same, a tie. */
      other->author = g_strdup (i == 1 ? "ana" : "ben");
      other->time = 6;
      other->skip = i == 0;
      other->words = i == 0 ? NULL : g_strsplit ("SPORTS", " ", -1);
      prediction->model = g_strdup ("m");
      prediction->outcome = i == 0 ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_ABSTAINED;
      record->meta = g_strdup ("{\"k\":1}");
      hone_loss_report_add (report, record);
    }

  return report;
}

static void
test_counts (void)
{
  g_autoptr(HoneOntology) ontology = fixture_ontology (HONE_CHOICE_ONE);
  g_autoptr(HoneLossReport) none = make_report (ontology, HONE_FORMAT_HONE_JSONL, FALSE);
  g_autoptr(HoneLossReport) fasttext = make_report (ontology, HONE_FORMAT_FASTTEXT, FALSE);
  g_autoptr(HoneLossReport) studio = make_report (ontology, HONE_FORMAT_LABEL_STUDIO, FALSE);
  g_autoptr(HoneLossReport) csv = make_report (ontology, HONE_FORMAT_HONE_CSV, FALSE);
  g_autoptr(HoneLossReport) argilla = make_report (ontology, HONE_FORMAT_ARGILLA, FALSE);
  g_autoptr(HoneLossReport) flat = make_report (ontology, HONE_FORMAT_ARGILLA, TRUE);

  g_assert_null (hone_loss_report_sentences (none)[0]);

  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_OWN_ID), ==, 1);
  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_META), ==, 3);
  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_SKIP), ==, 1);
  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_HISTORY), ==, 1);
  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_PREDICTION), ==, 3);
  /* Money, Politics, World News, Sports: none is its key. */
  g_assert_cmpuint (hone_loss_report_get_count (fasttext, HONE_PART_NAME), ==, 4);
  g_assert_true (says (fasttext, "1 skip will not be in the file"));
  g_assert_true (says (fasttext, "3 predictions will not be in the file"));
  g_assert_true (says (fasttext, "In 3 texts newlines become blanks"));
  g_assert_true (says (fasttext, "1 note will not be in the file"));
  g_assert_true (says (fasttext, "1 text whose labels tie will have no label"));

  /* All labels and skips, but only answers. */
  g_assert_cmpuint (hone_loss_report_get_count (studio, HONE_PART_SKIP), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (studio, HONE_PART_HISTORY), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (studio, HONE_PART_OUTCOME), ==, 2);

  g_assert_cmpuint (hone_loss_report_get_count (csv, HONE_PART_OUTCOME), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (csv, HONE_PART_AUTHOR), ==, 1);
  g_assert_cmpuint (hone_loss_report_get_count (csv, HONE_PART_HISTORY), ==, 1);

  g_assert_cmpuint (hone_loss_report_get_count (argilla, HONE_PART_SKIP), ==, 1);
  g_assert_cmpuint (hone_loss_report_get_count (argilla, HONE_PART_NAME), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (flat, HONE_PART_SKIP), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (flat, HONE_PART_NAME), ==, 4);
}

/* Only what was asked for can be lost. */
static void
test_texts_only (void)
{
  g_autoptr(HoneOntology) ontology = fixture_ontology (HONE_CHOICE_ONE);
  HoneWriterOptions options = { .format = HONE_FORMAT_FASTTEXT, .ontology = ontology };
  g_autoptr(HoneRecord) record = new_record (NULL, "x", "MONEY");
  g_autoptr(HoneLossReport) report = NULL;

  ((HoneRecordLabel *) g_ptr_array_index (record->labels, 0))->author = g_strdup ("ana");
  hone_record_add_prediction (record);
  report = hone_loss_report_new (&options);
  hone_loss_report_add (report, record);
  g_assert_cmpuint (hone_loss_report_get_count (report, HONE_PART_AUTHOR), ==, 0);
  g_assert_cmpuint (hone_loss_report_get_count (report, HONE_PART_PREDICTION), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/formats/loss-report/counts", test_counts);
  g_test_add_func ("/formats/loss-report/texts-only", test_texts_only);

  return g_test_run ();
}
