/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited files and Hone CSV. */
#include "config.h"

#include <math.h>
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
test_header (void)
{
  g_autofree char *path = helper_write ("a.csv", "ID;Headline;Category;Split;Year\r\n7;\"One; \"\"two\"\"\nlines\";MONEY;dev;2026\r\n8;x;;holdout;\r\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);
  HoneRecord *first = nth (records, 0), *second = nth (records, 1);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (first->external_id, ==, "7");
  g_assert_cmpstr (first->text, ==, "One; \"two\"\nlines");
  g_assert_cmpstr (helper_word (first, 0), ==, "MONEY");
  g_assert_cmpint (first->split, ==, HONE_SPLIT_VALIDATION);
  g_assert_cmpstr (first->meta, ==, "{\"Year\":\"2026\"}");
  g_assert_cmpuint (first->line, ==, 2);
  g_assert_cmpuint (second->line, ==, 4);
  g_assert_cmpuint (second->labels->len, ==, 0);
  g_assert_cmpuint (second->warnings->len, ==, 0);
  g_assert_cmpint (second->split, ==, -1);
  g_assert_cmpstr (second->meta, ==, "{\"Split\":\"holdout\"}");
}

static void
test_mapping (void)
{
  g_autofree char *path = helper_write ("a.csv", "Nr,Überschrift,Inhalt,Thema\n1,Kopf,Rumpf,X\n2,,Nur Rumpf,Y\n", -1);
  HoneReaderOptions by_name = { .text_column = "überschrift,INHALT", .label_column = "thema", .id_column = "Nr" };
  HoneReaderOptions by_number = { .text_column = "3", .label_column = "4" };
  g_autoptr(GPtrArray) named = read_with (path, &by_name, NULL);
  g_autoptr(GPtrArray) numbered = NULL;

  g_assert_cmpuint (named->len, ==, 2);
  g_assert_cmpstr (nth (named, 0)->text, ==, "Kopf\nRumpf");
  g_assert_cmpstr (nth (named, 1)->text, ==, "Nur Rumpf");
  g_assert_cmpstr (nth (named, 0)->external_id, ==, "1");
  g_assert_cmpstr (helper_word (nth (named, 1), 0), ==, "Y");
  g_assert_true (hone_record_has_warning (nth (named, 0), HONE_WARNING_JOINED_FIELDS));
  g_assert_null (nth (named, 0)->meta);

  /* Numbers alone do not tell that the first record is a header, and none of its names is known. */
  numbered = read_with (path, &by_number, NULL);
  g_assert_cmpuint (numbered->len, ==, 3);
  g_assert_cmpstr (nth (numbered, 1)->text, ==, "Rumpf");
}

static void
test_missing_column (void)
{
  g_autofree char *path = helper_write ("a.csv", "id,text\n1,a\n", -1);
  const char *paths[] = { path, NULL };
  HoneReaderOptions options = { .label_column = "topic" };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, &options, &error);

  g_assert_null (reader);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_COLUMN);
  g_assert_nonnull (strstr (error->message, "“topic”"));
  g_assert_nonnull (strstr (error->message, "id, text"));
}

static void
test_without_header (void)
{
  g_autofree char *path = helper_write ("a.csv", "MONEY,\"Rates rise again, for the third time\"\nSPORTS,A football club buys a bank\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 0)->text, ==, "Rates rise again, for the third time");
  g_assert_cmpstr (helper_word (nth (records, 0), 0), ==, "MONEY");
}

static void
test_several (void)
{
  g_autofree char *path = helper_write ("a.csv", "text,label\na,MONEY#SPORTS\nb,\"[\"\"MONEY\"\",\"\"SPORTS\"\"]\"\nc,MONEY|WEATHER\nd,R&D; new\n", -1);
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_SEVERAL, NULL);
  g_autoptr(GPtrArray) records = NULL;
  HoneReaderOptions options = { .ontology = ontology };

  g_assert_cmpuint (hone_ontology_add (ontology, &(HoneCategory) { .key = (char *) "MONEY", .name = (char *) "Money" }, NULL), !=, 0);
  g_assert_cmpuint (hone_ontology_add (ontology, &(HoneCategory) { .key = (char *) "SPORTS", .name = (char *) "Sports" }, NULL), !=, 0);
  records = read_with (path, &options, NULL);
  g_assert_cmpstr (helper_word (nth (records, 0), 0), ==, "MONEY");
  g_assert_cmpstr (helper_word (nth (records, 0), 1), ==, "SPORTS");
  g_assert_cmpstr (helper_word (nth (records, 1), 1), ==, "SPORTS");
  g_assert_cmpstr (helper_word (nth (records, 2), 0), ==, "MONEY|WEATHER");
  g_assert_null (helper_word (nth (records, 2), 1));
  g_assert_cmpstr (helper_word (nth (records, 3), 0), ==, "R&D; new");
}

static void
test_bad_rows (void)
{
  g_autofree char *path = helper_write ("a.csv", "id,label,text\n1,X,good\n2\n3,X,too,many\n4,X,\n5,X,\"last\"\n,,\n", -1);
  g_autoptr(GPtrArray) refused = NULL;
  g_autoptr(GPtrArray) records = read_with (path, NULL, &refused);
  static const gsize lines[] = { 3, 4, 5 };
  static const char * const parts[] = { "1 cells", "4 cells", "empty" };

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpuint (refused->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      const HoneRecordWarning *warning = g_ptr_array_index (nth (refused, i)->warnings, 0);

      g_assert_cmpuint (nth (refused, i)->line, ==, lines[i]);
      g_assert_cmpint (warning->code, ==, HONE_WARNING_MALFORMED);
      g_assert_nonnull (strstr (warning->detail, parts[i]));
    }
}

/* Each file of a folder has a header of its own. */
static void
test_folder (void)
{
  g_autofree char *a = helper_write ("many/a.csv", "text,label\none,X\n", -1);
  g_autofree char *b = helper_write ("many/b.csv", "label;id;text\nY;7;two\n", -1);
  G_GNUC_UNUSED g_autofree char *c = helper_write ("many/readme.md", "not a table\n", -1);
  g_autofree char *folder = g_path_get_dirname (a);
  g_autoptr(GPtrArray) records = helper_read (folder, HONE_FORMAT_AUTO);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 1)->text, ==, "two");
  g_assert_cmpstr (nth (records, 1)->external_id, ==, "7");
  g_assert_cmpstr (helper_word (nth (records, 1), 0), ==, "Y");
  g_assert_cmpstr (nth (records, 1)->path, ==, b);
}

static void
test_zip (void)
{
  g_autofree char *path = helper_write_zip ("a.zip", "data/one.csv", "text,label\none,X\n", "data/two.csv", "text,label\ntwo,Y\n", NULL);
  g_autofree char *member = g_strconcat (path, "/data/two.csv", NULL);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);

  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 1)->path, ==, member);
  g_assert_cmpstr (nth (records, 1)->text, ==, "two");
}

static void
test_fixture_cp1252 (void)
{
  g_autofree char *path = helper_fixture ("plain/semicolon-cp1252.csv");
  HoneReaderOptions options = { .text_column = "Texte", .label_column = "Catégorie" };
  const char *paths[] = { path, NULL };
  g_autoptr(HoneReader) reader = NULL;
  g_autoptr(GPtrArray) records = NULL;
  g_autofree char *description = NULL;
  const HoneRecordWarning *warning;

  if (path == NULL)
    return;
  reader = hone_reader_open (paths, &options, NULL);
  g_assert_nonnull (reader);
  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_CSV);
  g_assert_cmpstr (hone_reader_get_columns (reader)[2], ==, "Catégorie");
  records = helper_read_all (reader, NULL, NULL);
  g_assert_cmpuint (records->len, ==, 3);
  g_assert_cmpstr (nth (records, 0)->text, ==, "Élection à Genève; résultat");
  g_assert_cmpstr (nth (records, 1)->text, ==, "Deux\r\nlignes \"entre\" guillemets");
  g_assert_cmpstr (helper_word (nth (records, 1), 0), ==, "money");
  g_assert_cmpuint (nth (records, 2)->labels->len, ==, 0);
  g_assert_cmpuint (hone_reader_get_warnings (reader)->len, ==, 1);
  warning = g_ptr_array_index (hone_reader_get_warnings (reader), 0);
  g_assert_cmpint (warning->code, ==, HONE_WARNING_ENCODING_GUESSED);
  description = hone_reader_dup_description (reader);
  g_assert_nonnull (strstr (description, "semicolons"));
  g_assert_nonnull (strstr (description, "windows-1252"));
}

static void
test_fixture_bom (void)
{
  g_autofree char *path = helper_fixture ("plain/bom-tab.tsv");
  g_autoptr(GPtrArray) records = NULL;

  if (path == NULL)
    return;
  records = helper_read (path, HONE_FORMAT_AUTO);
  g_assert_cmpuint (records->len, ==, 2);
  g_assert_cmpstr (nth (records, 0)->text, ==, "Rates rise again");
  g_assert_cmpstr (helper_word (nth (records, 1), 0), ==, "SPORTS");
}

/* ---- Hone CSV ---- */

static const char own_header[] = "id,text,label,split,author,time,skipped,prediction,outcome,confidence,model,meta\n";

static void
test_hone_csv (void)
{
  g_autofree char *content = g_strconcat (own_header,
    "t1,\"a, b\",MONEY|SPORTS,test,ana,2026-11-02T09:00:00Z,false,POLITICS,answered,0.61,base,\"{\"\"x\"\":1}\"\n"
    "t2,c,,train,ben,2026-11-02T09:00:01Z,true,,abstained,,base,\n"
    "t3,d,,,,,,no idea,out-of-set,,base,\n", NULL);
  g_autofree char *path = helper_write ("own.csv", content, -1);
  g_autoptr(HoneReader) reader = helper_open (path, HONE_FORMAT_AUTO, NULL);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_AUTO);
  HoneRecordLabel *label;
  HoneRecordPrediction *prediction;

  g_assert_cmpint (hone_reader_get_format (reader), ==, HONE_FORMAT_HONE_CSV);
  g_assert_cmpuint (records->len, ==, 3);
  label = nth (records, 0)->labels->pdata[0];
  g_assert_cmpstr (label->words[0], ==, "MONEY");
  g_assert_cmpstr (label->words[1], ==, "SPORTS");
  g_assert_cmpstr (label->author, ==, "ana");
  g_assert_cmpint (label->time, ==, G_GINT64_CONSTANT (1793610000) * G_USEC_PER_SEC);
  g_assert_cmpint (nth (records, 0)->split, ==, HONE_SPLIT_TEST);
  g_assert_cmpstr (nth (records, 0)->meta, ==, "{\"x\":1}");
  prediction = nth (records, 0)->predictions->pdata[0];
  g_assert_true (prediction->judged);
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_ANSWERED);
  g_assert_cmpstr (prediction->words[0], ==, "POLITICS");
  g_assert_cmpfloat (prediction->confidence, ==, 0.61);
  label = nth (records, 1)->labels->pdata[0];
  g_assert_true (label->skip);
  g_assert_null (label->words);
  prediction = nth (records, 1)->predictions->pdata[0];
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_ABSTAINED);
  g_assert_true (isnan (prediction->confidence));
  prediction = nth (records, 2)->predictions->pdata[0];
  g_assert_cmpint (prediction->outcome, ==, HONE_OUTCOME_OUT_OF_SET);
  g_assert_cmpstr (prediction->raw, ==, "no idea");
  g_assert_cmpuint (nth (records, 2)->labels->len, ==, 0);
}

static void
test_hone_csv_bad (void)
{
  static const char * const rows[] = {
    "t,a,X,,,yesterday,,,,,,\n", "t,a,X,,,,,P,perhaps,,,\n", "t,a,X,,,,,P,answered,61,,\n", "t,a,X,,,,,,,,,[1]\n",
  };
  static const char * const fields[] = { "time", "outcome", "confidence", "meta" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *content = g_strconcat (own_header, rows[i], "ok,b,,,,,,,,,,\n", NULL);
      g_autofree char *path = helper_write ("own.csv", content, -1);
      g_autoptr(GPtrArray) refused = NULL;
      g_autoptr(GPtrArray) records = read_with (path, NULL, &refused);

      g_assert_cmpuint (records->len, ==, 1);
      g_assert_cmpuint (refused->len, ==, 1);
      g_assert_cmpstr (((HoneRecordWarning *) nth (refused, 0)->warnings->pdata[0])->field, ==, fields[i]);
    }
}

/* A table of predictions: columns of probabilities. */
static void
test_scores (void)
{
  g_autofree char *path = helper_write ("p.csv", "id,text,label,prediction,outcome,confidence,p_MONEY,p_SPORTS\n1,a,,MONEY,answered,0.7,0.7,0.3\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_CSV);
  HoneRecordPrediction *prediction = nth (records, 0)->predictions->pdata[0];

  g_assert_cmpuint (prediction->n_scores, ==, 2);
  g_assert_cmpstr (prediction->scores[1].word, ==, "SPORTS");
  g_assert_cmpfloat (prediction->scores[1].value, ==, 0.3);
  g_assert_null (nth (records, 0)->meta);
}

/* An outcome of another kind. */
static void
test_foreign_outcome (void)
{
  g_autofree char *path = helper_write ("p.csv", "text,prediction,outcome\na,rain,sun\n", -1);
  g_autoptr(GPtrArray) records = helper_read (path, HONE_FORMAT_CSV);

  g_assert_cmpuint (nth (records, 0)->predictions->len, ==, 0);
  g_assert_cmpstr (nth (records, 0)->meta, ==, "{\"prediction\":\"rain\",\"outcome\":\"sun\"}");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/read-csv/header", test_header);
  g_test_add_func ("/formats/read-csv/mapping", test_mapping);
  g_test_add_func ("/formats/read-csv/missing-column", test_missing_column);
  g_test_add_func ("/formats/read-csv/without-header", test_without_header);
  g_test_add_func ("/formats/read-csv/several", test_several);
  g_test_add_func ("/formats/read-csv/bad-rows", test_bad_rows);
  g_test_add_func ("/formats/read-csv/folder", test_folder);
  g_test_add_func ("/formats/read-csv/zip", test_zip);
  g_test_add_func ("/formats/read-csv/fixture-cp1252", test_fixture_cp1252);
  g_test_add_func ("/formats/read-csv/fixture-bom", test_fixture_bom);
  g_test_add_func ("/formats/read-csv/hone-csv", test_hone_csv);
  g_test_add_func ("/formats/read-csv/hone-csv-bad", test_hone_csv_bad);
  g_test_add_func ("/formats/read-csv/scores", test_scores);
  g_test_add_func ("/formats/read-csv/foreign-outcome", test_foreign_outcome);

  return g_test_run ();
}
