/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited records. */
#include "config.h"

#include <string.h>

#include "formats/hone-csv.h"
#include "formats/hone-format.h"

/* Records as "1[a|b] 3[c|d]", or the error. */
static char *
run (const char *text,
     char        delimiter)
{
  g_autoptr(HoneCsv) csv = hone_csv_new (hone_input_new_memory ("file.csv", text, strlen (text), NULL, NULL), delimiter);
  GString *out = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  while (hone_csv_next (csv, &error))
    {
      g_string_append_printf (out, "%s%" G_GSIZE_FORMAT "[", out->len > 0 ? " " : "", hone_csv_get_line (csv));
      for (gsize i = 0; i < hone_csv_get_n_fields (csv); i++)
        g_string_append_printf (out, "%s%s", i > 0 ? "|" : "", hone_csv_get_field (csv, i));
      g_string_append_c (out, ']');
    }
  g_assert_null (hone_csv_get_field (csv, 99));
  if (error != NULL)
    g_string_append_printf (out, "error: %s", error->message);

  return g_string_free (out, FALSE);
}

#define assert_run(text, delimiter, wanted) \
  G_STMT_START { \
    g_autofree char *got_ = run (text, delimiter); \
    g_assert_cmpstr (got_, ==, wanted); \
  } G_STMT_END

static void
test_records (void)
{
  assert_run ("a,b\nc,d\n", ',', "1[a|b] 2[c|d]");
  assert_run ("a,b\r\nc,d", ',', "1[a|b] 2[c|d]");
  assert_run ("a,b\rc,d\r", ',', "1[a|b] 2[c|d]");
  assert_run ("a,,\n,\n", ',', "1[a||] 2[|]");
  assert_run ("\n\na\n\n\nb\n", ',', "3[a] 6[b]");
  assert_run ("\"\"\n", ',', "1[]");
  assert_run ("", ',', "");
  assert_run ("é;\"選\"\n", ';', "1[é|選]");
  assert_run (" a , b \n", ',', "1[ a | b ]");
}

static void
test_quotes (void)
{
  assert_run ("\"a,b\",\"c\"\"d\"\"\"\n", ',', "1[a,b|c\"d\"]");
  assert_run ("\"two\nlines\",x\ny,z\n", ',', "1[two\nlines|x] 3[y|z]");
  assert_run ("\"two\r\nlines\",x\r\ny,z\r\n", ',', "1[two\r\nlines|x] 3[y|z]");
  assert_run ("a\"b,\"c\"d,e\n", ',', "1[a\"b|cd|e]");
  assert_run ("\"a\"", ',', "1[a]");
  assert_run ("x,\"\"", ',', "1[x|]");
}

static void
test_open_quote (void)
{
  assert_run ("a,b\nc,\"d\ne\nf", ',', "1[a|b]error: “file.csv”: the quote opened on line 2 is not closed before the file ends");
}

static void
test_long_quote (void)
{
  g_autofree char *letters = g_strnfill (17 * 1024 * 1024, 'a');
  g_autofree char *text = g_strconcat ("x\n\"", letters, "\"\n", NULL);
  g_autofree char *got = run (text, ',');

  g_assert_nonnull (strstr (got, "line 2"));
  g_assert_nonnull (strstr (got, "16 MiB"));
}

static void
test_many_columns (void)
{
  g_autofree char *commas = g_strnfill (1000000, ',');
  g_autofree char *got = run (commas, ',');

  g_assert_cmpstr (got, ==, "error: “file.csv”, line 1: the record has more than 10000 columns");
}

static void
test_guess (void)
{
  static const struct {
    const char *text;
    char        delimiter;
  } cases[] = {
    { "text,label\na,b\n", ',' },
    { "text;label\nwith, commas, here;x\nmore, of, them;y\n", ';' },
    { "text\tlabel\na,b;c\tx\n", '\t' },
    { "text|label\na|x\nb|y\n", '|' },
    { "text,label\n\"a;b;c;d\",x\n\"e;f\",y\n", ',' },
    { "text\nonly one column; with this, and that\n", ',' },
    { "id;text;label\n1;\"quoted \"\"; here\";x\n2;plain;y\n", ';' },
    { "", ',' },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HoneCsv) csv = hone_csv_new (hone_input_new_memory ("f", cases[i].text, strlen (cases[i].text), NULL, NULL), '\0');

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (hone_csv_get_delimiter (csv), ==, cases[i].delimiter);
    }
}

/* A file of any size, with fields that the blocks of reading cut. */
static void
test_block_borders (void)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(HoneCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  guint n = 0;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *filler = g_strnfill (i % 97, 'x');

      g_string_append_printf (text, "%u,\"%s\"\"\r\né,;\",%s\r\n", i, filler, filler);
    }
  csv = hone_csv_new (hone_input_new_memory ("f", text->str, text->len, NULL, NULL), ',');
  for (; hone_csv_next (csv, &error); n++)
    {
      g_autofree char *filler = g_strnfill (n % 97, 'x');
      g_autofree char *second = g_strconcat (filler, "\"\r\né,;", NULL);

      g_assert_cmpuint (hone_csv_get_n_fields (csv), ==, 3);
      g_assert_cmpuint (g_ascii_strtoull (hone_csv_get_field (csv, 0), NULL, 10), ==, n);
      g_assert_cmpstr (hone_csv_get_field (csv, 1), ==, second);
      g_assert_cmpstr (hone_csv_get_field (csv, 2), ==, filler);
      g_assert_true (hone_csv_was_quoted (csv, 1));
      g_assert_false (hone_csv_was_quoted (csv, 2));
      g_assert_cmpuint (hone_csv_get_line (csv), ==, 2 * n + 1);
    }
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, 5000);
}

static void
test_print (void)
{
  static const char * const fields[] = { "plain", "", "a,b", "\"", "two\nlines", "cr\r", "é", " blank " };
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(HoneCsv) csv = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      hone_csv_print_field (out, fields[i], ',');
    }
  g_assert_true (g_str_has_prefix (out->str, "plain,,\"a,b\",\"\"\"\",\"two\nlines\""));
  csv = hone_csv_new (hone_input_new_memory ("f", out->str, out->len, NULL, NULL), ',');
  g_assert_true (hone_csv_next (csv, NULL));
  g_assert_cmpuint (hone_csv_get_n_fields (csv), ==, G_N_ELEMENTS (fields));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    g_assert_cmpstr (hone_csv_get_field (csv, i), ==, fields[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/csv/records", test_records);
  g_test_add_func ("/formats/csv/quotes", test_quotes);
  g_test_add_func ("/formats/csv/open-quote", test_open_quote);
  g_test_add_func ("/formats/csv/long-quote", test_long_quote);
  g_test_add_func ("/formats/csv/many-columns", test_many_columns);
  g_test_add_func ("/formats/csv/guess", test_guess);
  g_test_add_func ("/formats/csv/block-borders", test_block_borders);
  g_test_add_func ("/formats/csv/print", test_print);

  return g_test_run ();
}
