/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hone's own JSON Lines, as the description of the format shows it. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "helper.h"

#define HEAD \
  "{\"hone\":1,\"project\":\"news\",\"choice\":\"several\",\"instruction\":\"What is it about?\",\"template\":\"sha256:00\"}\n" \
  "{\"category\":\"WORLD_NEWS\",\"name\":\"World News\",\"definition\":\"Abroad\",\"color\":\"#9141AC\",\"key\":\"3\",\"aliases\":[\"FOREIGN\"]}\n" \
  "{\"category\":\"MONEY\",\"name\":\"Money\"}\n"

static HoneRecord *
nth (GPtrArray *records,
     guint      i)
{
  g_assert_cmpuint (i, <, records->len);

  return g_ptr_array_index (records, i);
}

static void
test_all (void)
{
  g_autofree char *path = helper_write ("all.jsonl", HEAD
    "{\"example\":\"t1\",\"text\":\"Rates rise\",\"split\":\"train\",\"flag\":true,\"meta\":{\"n\":1.50}}\n"
    "{\"example\":\"#2\",\"own_id\":false,\"text\":\"x\",\"split\":\"test\",\"flag\":false,\"meta\":{}}\n"
    "{\"known\":\"t1\",\"categories\":[\"MONEY\"]}\n"
    "{\"label\":\"t1\",\"categories\":[\"MONEY\",\"WORLD_NEWS\"],\"author\":\"ana\",\"time\":\"2026-11-02T09:00:00Z\",\"origin\":\"human\",\"note\":\"sure\"}\n"
    "{\"skip\":\"#2\",\"author\":\"ana\",\"time\":\"2026-11-02T09:04:00Z\"}\n"
    "{\"prediction\":\"t1\",\"model\":\"base-1\",\"iteration\":0,\"outcome\":\"answered\",\"categories\":[\"MONEY\"],\"confidence\":0.61,"
    "\"scores\":{\"MONEY\":0.61,\"WORLD_NEWS\":0.39},\"raw\":\"Money\",\"reason\":null,\"time\":\"2026-11-02T09:00:00.5Z\"}\n"
    "{\"prediction\":\"t1\",\"model\":\"base-1\",\"iteration\":1,\"outcome\":\"abstained\",\"reason\":\"refusal\"}\n", -1);
  g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, NULL);
  const HoneOntology *ontology = hone_reader_get_ontology (reader);
  g_autoptr(GPtrArray) records = helper_read_all (reader, NULL, NULL);
  const HoneCategory *category;
  HoneRecordPrediction *prediction;
  HoneRecordLabel *label;

  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_HONE_JSONL);
  g_assert_cmpint (hone_ontology_get_choice (ontology), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpstr (hone_ontology_get_instruction (ontology), ==, "What is it about?");
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);
  category = hone_ontology_get_nth (ontology, 0);
  g_assert_cmpstr (category->key, ==, "WORLD_NEWS");
  g_assert_cmpstr (category->name, ==, "World News");
  g_assert_cmpstr (category->definition, ==, "Abroad");
  g_assert_cmpstr (category->color, ==, "#9141AC");
  g_assert_cmpstr (category->shortcut, ==, "3");
  g_assert_cmpstr (category->aliases[0], ==, "FOREIGN");

  g_assert_cmpuint (records->len, ==, 7);
  g_assert_cmpstr (nth (records, 0)->external_id, ==, "t1");
  g_assert_true (nth (records, 0)->flag);
  g_assert_cmpint (nth (records, 0)->split, ==, HONE_SPLIT_TRAIN);
  g_assert_cmpstr (nth (records, 0)->meta, ==, "{\"n\":1.50}");
  g_assert_cmpuint (nth (records, 0)->line, ==, 4);
  g_assert_null (nth (records, 1)->external_id);
  g_assert_cmpstr (nth (records, 1)->join_key, ==, "#2");
  g_assert_null (nth (records, 1)->meta);
  g_assert_true (nth (records, 2)->must_exist);
  g_assert_null (nth (records, 2)->text);
  g_assert_cmpstr (nth (records, 2)->known[0], ==, "MONEY");
  label = nth (records, 3)->labels->pdata[0];
  g_assert_cmpstr (label->words[1], ==, "WORLD_NEWS");
  g_assert_cmpstr (label->note, ==, "sure");
  g_assert_cmpint (label->origin, ==, HONE_ORIGIN_HUMAN);
  g_assert_cmpint (label->time, ==, G_GINT64_CONSTANT (1793610000) * G_USEC_PER_SEC);
  label = nth (records, 4)->labels->pdata[0];
  g_assert_true (label->skip);
  g_assert_cmpstr (nth (records, 4)->join_key, ==, "#2");
  prediction = nth (records, 5)->predictions->pdata[0];
  g_assert_true (prediction->judged);
  g_assert_cmpint (prediction->iteration, ==, 0);
  g_assert_cmpuint (prediction->n_scores, ==, 2);
  g_assert_cmpfloat (prediction->scores[1].value, ==, 0.39);
  g_assert_cmpstr (prediction->raw, ==, "Money");
  g_assert_cmpint (prediction->time, ==, G_GINT64_CONSTANT (1793610000) * G_USEC_PER_SEC + 500000);
  prediction = nth (records, 6)->predictions->pdata[0];
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_ABSTAINED);
  g_assert_cmpstr (prediction->reason, ==, "refusal");
  g_assert_true (isnan (prediction->confidence));
}

static void
test_refused (void)
{
  static const char * const lines[] = {
    "{\"example\":\"t1\"}", "{\"example\":\"\",\"text\":\"a\"}", "{\"example\":\"t\",\"text\":\"a\",\"split\":\"dev\"}",
    "{\"example\":\"t\",\"text\":\"a\",\"meta\":[]}", "{\"label\":\"t\"}", "{\"label\":\"t\",\"categories\":[\"X\"],\"time\":\"now\"}",
    "{\"label\":\"t\",\"categories\":[\"X\"],\"origin\":\"oracle\"}", "{\"known\":\"t\"}", "{\"prediction\":\"t\",\"outcome\":\"maybe\"}",
    "{\"prediction\":\"t\",\"outcome\":\"answered\"}", "{\"prediction\":\"t\",\"outcome\":\"abstained\",\"confidence\":2}",
    "{\"prediction\":\"t\",\"outcome\":\"abstained\",\"iteration\":1.5}", "{\"prediction\":\"t\",\"outcome\":\"abstained\",\"scores\":{\"X\":7}}",
    "{\"other\":1}", "[]", "{", "{\"label\":null,\"categories\":[\"X\"]}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *content = g_strconcat (HEAD, lines[i], "\n{\"example\":\"t9\",\"text\":\"x\"}\n", NULL);
      g_autofree char *path = helper_write ("bad.jsonl", content, -1);
      g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, NULL);
      g_autoptr(GPtrArray) refused = NULL;
      g_autoptr(GPtrArray) records = helper_read_all (reader, &refused, NULL);

      g_test_message ("%s", lines[i]);
      g_assert_cmpuint (records->len, ==, 1);
      g_assert_cmpuint (refused->len, ==, 1);
      g_assert_cmpuint (nth (refused, 0)->line, ==, 4);
    }
}

static void
test_bad_head (void)
{
  g_autofree char *newer = helper_write ("a.jsonl", "{\"hone\":2}\n{\"example\":\"t\",\"text\":\"x\"}\n", -1);
  g_autofree char *choice = helper_write ("b.jsonl", "{\"hone\":1,\"choice\":\"any\"}\n", -1);
  g_autofree char *twice = helper_write ("c.jsonl", "{\"hone\":1}\n{\"category\":\"A\"}\n{\"category\":\"A\"}\n", -1);
  g_autofree char *nothing = helper_write ("d.jsonl", HEAD, -1);

  helper_assert_fails (newer, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "newer Hone");
  helper_assert_fails (choice, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "choice");
  helper_assert_fails (twice, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "line 3");
  helper_assert_fails (nothing, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_EMPTY, "no record");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/read-hone-jsonl/all", test_all);
  g_test_add_func ("/formats/read-hone-jsonl/refused", test_refused);
  g_test_add_func ("/formats/read-hone-jsonl/bad-head", test_bad_head);

  return g_test_run ();
}
