/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON and JSON Lines of any members. */
#include "config.h"

#include <string.h>

#include "helper.h"

static HoneRecord *
nth (GPtrArray *records,
     guint      i)
{
  g_assert_cmpuint (i, <, records->len);

  return g_ptr_array_index (records, i);
}

static GPtrArray *
read_with (const char              *path,
           const HoneReaderOptions *options,
           GPtrArray              **refused)
{
  const char *paths[] = { path, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, options, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  records = helper_read_all (reader, refused, &error);
  g_assert_no_error (error);

  return records;
}

static void
test_lines (void)
{
  g_autofree char *path = helper_write ("a.jsonl",
    "{\"id\":7.0,\"text\":\"a\\nb\",\"label\":\"MONEY\",\"split\":\"val\",\"year\":2026,\"deep\":{\"x\":[1]}}\n"
    "{\"Text\":\"c\",\"labels\":[\"X\",\"Y\"],\"id\":null,\"split\":\"later\"}\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);
  HoneRecord *first = nth (records, 0), *second = nth (records, 1);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (first->external_id, ==, "7");
  g_assert_cmpstr (first->text, ==, "a\nb");
  g_assert_cmpstr (helper_word (first, 0), ==, "MONEY");
  g_assert_cmpint (first->split, ==, HONE_SPLIT_VALIDATION);
  g_assert_cmpstr (first->meta, ==, "{\"year\":2026,\"deep\":{\"x\":[1]}}");
  g_assert_cmpstr (second->text, ==, "c");
  g_assert_cmpstr (helper_word (second, 1), ==, "Y");
  g_assert_null (second->external_id);
  g_assert_cmpint (second->split, ==, -1);
  g_assert_cmpstr (second->meta, ==, "{\"split\":\"later\"}");
  g_assert_cmpuint (second->line, ==, 2);
}

static void
test_shapes (void)
{
  static const char * const contents[] = {
    "[{\"text\":\"a\",\"label\":\"X\"},{\"text\":\"b\",\"label\":null}]",
    "{\"info\":{\"n\":2},\"examples\":[{\"text\":\"a\",\"label\":\"X\"},{\"text\":\"b\",\"label\":[]}]}",
    "{\"text\":\"a\",\"label\":\"X\"}\n{\"text\":\"b\",\"label\":\"\"}\n",
    "{\n \"text\": \"a\",\n \"label\": \"X\"\n}\n{\n \"text\": \"b\"\n}",
    "{\"text\":{\"0\":\"a\",\"1\":\"b\"},\"label\":{\"0\":\"X\",\"1\":null}}",
    "{\"text\":{\"r1\":\"a\",\"r2\":\"b\"},\"label\":{\"r1\":\"X\",\"r2\":null}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (contents); i++)
    {
      g_autofree char *path = helper_write ("shape.json", contents[i], -1);
      g_autoptr(GPtrArray) records = NULL;

      g_test_message ("%s", contents[i]);
      records = helper_read (path, HONE_FORMAT_AUTO);
      g_assert_cmpuint (records->len, ==, 2);
      g_assert_cmpstr (nth (records, 0)->text, ==, "a");
      g_assert_cmpstr (helper_word (nth (records, 0), 0), ==, "X");
      g_assert_cmpstr (nth (records, 1)->text, ==, "b");
      g_assert_cmpuint (nth (records, 1)->labels->len, ==, 0);
      g_assert_cmpuint (nth (records, 1)->warnings->len, ==, i == 1);   /* a list without a choice is worth a word */
    }
}

static void
test_columns_apart (void)
{
  g_autofree char *path = helper_write ("c.json", "{\"text\":{\"0\":\"a\",\"1\":\"b\"},\"label\":{\"0\":\"X\",\"2\":\"Y\"}}", -1);
  g_autofree char *cut = helper_write ("d.json", "{\"text\":{\"0\":\"a\",\"1\":\"b\"},\"label\":{\"0\":\"X\"", -1);

  helper_assert_fails (path, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "the same rows");
  helper_assert_fails (cut, HONE_FORMAT_AUTO, HONE_FORMATS_ERROR_MALFORMED, "ends before");
}

static void
test_mapping (void)
{
  g_autofree char *path = helper_write ("a.json",
    "[{\"post\":{\"head\":\"H\",\"body\":\"B\",\"n\":1},\"topic\":\"X\",\"k\":\"1\",\"text\":\"other\"}]", -1);
  HoneReaderOptions one = { .text_column = "post.body", .label_column = "TOPIC", .id_column = "k" };
  HoneReaderOptions two = { .text_column = "post.head, post.body" };
  g_autoptr(GPtrArray) single = read_with (path, &one, NULL);
  g_autoptr(GPtrArray) joined = read_with (path, &two, NULL);

  g_assert_cmpstr (nth (single, 0)->text, ==, "B");
  g_assert_cmpstr (helper_word (nth (single, 0), 0), ==, "X");
  g_assert_cmpstr (nth (single, 0)->external_id, ==, "1");
  g_assert_cmpstr (nth (single, 0)->meta, ==, "{\"post.head\":\"H\",\"post.n\":1,\"text\":\"other\"}");
  g_assert_cmpstr (nth (joined, 0)->text, ==, "H\nB");
  g_assert_true (hone_record_has_warning (nth (joined, 0), HONE_WARNING_JOINED_FIELDS));
}

static void
test_missing_member (void)
{
  g_autofree char *path = helper_write ("a.json", "[{\"text\":\"a\"}]", -1);
  const char *paths[] = { path, NULL };
  HoneReaderOptions options = { .text_column = "content.text" };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, &options, &error);

  g_assert_null (reader);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_COLUMN);
  g_assert_nonnull (strstr (error->message, "content.text"));
}

static void
test_refused (void)
{
  g_autofree char *path = helper_write ("a.jsonl",
    "{\"text\":\"good\"}\n"
    "{\"text\":[\"a\"]}\n"
    "{\"label\":\"X\"}\n"
    "{\"text\":\"\"}\n"
    "{\"text\":\"a\",\"label\":{\"x\":1}}\n"
    "{\"text\":\"a\",\"label\":[{\"x\":1}]}\n"
    "{\"text\":\"a\",\"id\":[1]}\n"
    "{\"text\":\"a\n"
    "[1]\n"
    "7\n"
    "{\"text\":\"a\\u0000b\"}\n"
    "{\"text\":\"last\"}\n", -1);
  g_autoptr(GPtrArray) refused = NULL;
  g_autoptr(GPtrArray) records = read_with (path, NULL, &refused);
  static const char * const fields[] = { "text", "text", "text", "label", "label", "id", NULL, NULL, NULL, NULL };

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 1)->text, ==, "last");
  g_assert_cmpuint (refused->len, ==, 10);
  for (guint i = 0; i < refused->len; i++)
    {
      const HoneRecordWarning *warning = g_ptr_array_index (nth (refused, i)->warnings, 0);

      g_assert_cmpint (warning->code, ==, HONE_WARNING_MALFORMED);
      g_assert_cmpstr (warning->field, ==, fields[i]);
      g_assert_nonnull (warning->detail);
      g_assert_cmpuint (nth (refused, i)->line, ==, i + 2);
    }
}

static void
test_lone_surrogate (void)
{
  g_autofree char *path = helper_write ("a.jsonl", "{\"text\":\"a\\ud83d\"}\n{\"text\":\"b\"}\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);

  g_assert_cmpstr (nth (records, 0)->text, ==, "a\uFFFD");
  g_assert_cmpuint (helper_count (records, HONE_WARNING_LONE_SURROGATE), ==, 1);
}

static void
test_predictions (void)
{
  g_autofree char *path = helper_write ("a.jsonl",
    "{\"text\":\"a\",\"prediction\":\"X\",\"outcome\":\"answered\",\"confidence\":0.5,\"scores\":{\"X\":0.5,\"Y\":0.5}}\n"
    "{\"text\":\"b\",\"prediction\":\"no idea\",\"outcome\":\"out-of-set\"}\n"
    "{\"text\":\"c\",\"outcome\":\"abstained\"}\n"
    "{\"text\":\"d\",\"prediction\":\"rain\",\"outcome\":\"sun\"}\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_JSONL);
  HoneRecordPrediction *prediction = nth (records, 0)->predictions->pdata[0];

  g_assert_true (prediction->judged);
  g_assert_cmpstr (prediction->words[0], ==, "X");
  g_assert_cmpfloat (prediction->confidence, ==, 0.5);
  g_assert_cmpuint (prediction->n_scores, ==, 2);
  g_assert_null (nth (records, 0)->meta);
  prediction = nth (records, 1)->predictions->pdata[0];
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_OUT_OF_SET);
  g_assert_cmpstr (prediction->raw, ==, "no idea");
  prediction = nth (records, 2)->predictions->pdata[0];
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_ABSTAINED);
  g_assert_cmpuint (nth (records, 3)->predictions->len, ==, 0);
  g_assert_cmpstr (nth (records, 3)->meta, ==, "{\"prediction\":\"rain\",\"outcome\":\"sun\"}");
}

static void
test_strings (void)
{
  g_autofree char *path = helper_write ("a.json", "[\"one\", \"two\"]", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 1)->text, ==, "two");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/read-json/lines", test_lines);
  g_test_add_func ("/formats/read-json/shapes", test_shapes);
  g_test_add_func ("/formats/read-json/columns-apart", test_columns_apart);
  g_test_add_func ("/formats/read-json/mapping", test_mapping);
  g_test_add_func ("/formats/read-json/missing-member", test_missing_member);
  g_test_add_func ("/formats/read-json/refused", test_refused);
  g_test_add_func ("/formats/read-json/lone-surrogate", test_lone_surrogate);
  g_test_add_func ("/formats/read-json/predictions", test_predictions);
  g_test_add_func ("/formats/read-json/strings", test_strings);

  return g_test_run ();
}
