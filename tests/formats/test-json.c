/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The value tree of one record. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "formats/hone-format.h"
#include "formats/hone-json.h"

static HoneJson *
parse (const char *text)
{
  g_autoptr(GError) error = NULL;
  HoneJson *value = hone_json_parse (text, -1, &error);

  g_assert_no_error (error);
  g_assert_nonnull (value);

  return value;
}

static void
assert_bad (const char *text,
            gssize      length,
            const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneJson) value = hone_json_parse (text, length, &error);

  g_assert_null (value);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, part);
}

static void
test_tree (void)
{
  g_autoptr(HoneJson) value = parse (" {\"a\": [1, 2.5e1, -0, true, false, null, \"x\"], \"b\": {\"c\": {\"0\": \"deep\"}}, \"d.e\": 4} ");
  HoneJson *list = hone_json_get (value, "a");

  g_assert_cmpint (hone_json_get_type_of (value), ==, HONE_JSON_OBJECT);
  g_assert_cmpuint (hone_json_get_size (value), ==, 3);
  g_assert_cmpstr (hone_json_get_name (value, 1), ==, "b");
  g_assert_cmpuint (hone_json_get_size (list), ==, 7);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_nth (list, 1)), ==, 25);
  g_assert_true (hone_json_get_boolean (hone_json_get_nth (list, 3)));
  g_assert_false (hone_json_get_boolean (hone_json_get_nth (list, 4)));
  g_assert_cmpint (hone_json_get_type_of (hone_json_get_nth (list, 5)), ==, HONE_JSON_NULL);
  g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (list, 6)), ==, "x");
  g_assert_null (hone_json_get_nth (list, 7));
  g_assert_cmpstr (hone_json_get_string (hone_json_get_path (value, "b.c.0")), ==, "deep");
  g_assert_cmpstr (hone_json_get_string (hone_json_get_path (value, "a.6")), ==, "x");
  g_assert_cmpfloat (hone_json_get_number (hone_json_get_path (value, "d.e")), ==, 4);
  g_assert_null (hone_json_get_path (value, "b.x.0"));
  g_assert_null (hone_json_get_path (value, "a.7"));
  g_assert_null (hone_json_get (list, "a"));

  /* All take NULL. */
  g_assert_cmpint (hone_json_get_type_of (NULL), ==, HONE_JSON_NULL);
  g_assert_cmpuint (hone_json_get_size (NULL), ==, 0);
  g_assert_null (hone_json_get (NULL, "a"));
  g_assert_null (hone_json_get_path (NULL, "a"));
  g_assert_null (hone_json_get_string (NULL));
  g_assert_true (isnan (hone_json_get_number (NULL)));
  g_assert_null (hone_json_dup_text (NULL));
}

static void
test_strings (void)
{
  g_autoptr(HoneJson) value = parse ("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\", \"\\u00e9\\u9078\\ud83d\\uddf3\\ufe0f\", \"\xc3\xa9\", \"tab\there\"]");

  g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (value, 0)), ==, "\"\\/\b\f\n\r\t");
  g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (value, 1)), ==, "é選🗳️");
  g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (value, 2)), ==, "é");
  g_assert_cmpstr (hone_json_get_string (hone_json_get_nth (value, 3)), ==, "tab\there");
  g_assert_false (hone_json_had_lone_surrogate (value));
}

static void
test_lone_surrogates (void)
{
  static const char * const texts[] = { "\"a\\ud83d\"", "\"a\\ud83d\\u0041\"", "\"a\\uddf3\"", "\"a\\ud83d\\ud83d\\uddf3\"" };
  static const char * const wanted[] = { "a\uFFFD", "a\uFFFDA", "a\uFFFD", "a\uFFFD🗳" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(HoneJson) value = parse (texts[i]);

      g_assert_cmpstr (hone_json_get_string (value), ==, wanted[i]);
      g_assert_true (hone_json_had_lone_surrogate (value));
    }
}

static void
test_python (void)
{
  g_autoptr(HoneJson) value = parse ("[NaN, Infinity, -Infinity, 2026.0, 12345678901234567890, 1.50, 3.000]");
  static const char * const texts[] = { NULL, NULL, NULL, "2026", "12345678901234567890", "1.50", "3" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = hone_json_dup_text (hone_json_get_nth (value, i));

      g_assert_cmpstr (text, ==, texts[i]);
    }
  g_assert_cmpint (hone_json_get_type_of (hone_json_get_nth (value, 0)), ==, HONE_JSON_NULL);
}

static void
test_repeated_names (void)
{
  g_autoptr(HoneJson) few = parse ("{\"a\":1,\"b\":2,\"a\":3}");
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(HoneJson) many = NULL;

  g_assert_cmpuint (hone_json_get_size (few), ==, 2);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get (few, "a")), ==, 3);

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "%s\"m%u\":%u", i > 0 ? "," : "", i % 2500, i);
  g_string_append_c (text, '}');
  many = parse (text->str);
  g_assert_cmpuint (hone_json_get_size (many), ==, 2500);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get (many, "m0")), ==, 2500);
  g_assert_cmpfloat (hone_json_get_number (hone_json_get (many, "m2499")), ==, 4999);
}

static void
test_bad (void)
{
  static const char * const texts[] = {
    "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{'a':1}", "tru", "nul", "+1", "01x", "1.",
    ".5", "1e", "-", "\"a", "\"a\nb\"", "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "[1}", "{\"a\":1]", "1 2", "[1] x", "\\", "Nan",
    "\"\\", "{\"a\" 1}", "[1 2]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_bad (texts[i], -1, "JSON value");

  assert_bad ("\"a\\u0000\"", -1, "NUL");
  assert_bad ("\"a\0b\"", 5, "NUL");
  assert_bad ("\"a\xff\"", -1, "UTF-8");
  assert_bad ("[1, x]", -1, "byte 5");
}

/* Neither parser nor printer may run out of stack. */
static void
test_depth (void)
{
  g_autoptr(GString) deep = g_string_new (NULL), fits = g_string_new (NULL), printed = g_string_new (NULL);
  g_autoptr(HoneJson) value = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (deep, i % 2 ? "[" : "{\"a\":");
  assert_bad (deep->str, -1, "512");

  for (guint i = 0; i < 512; i++)
    g_string_append_c (fits, '[');
  for (guint i = 0; i < 512; i++)
    g_string_append_c (fits, ']');
  value = parse (fits->str);
  hone_json_print (value, printed);
  g_assert_cmpstr (printed->str, ==, fits->str);
}

static void
test_print (void)
{
  const char *text = "{\"a\":[1.50,true,null,{}],\"b\":\"\\\"\\\\/\\n\\u0001\xc3\xa9\",\"c\":[]}";
  g_autoptr(HoneJson) value = parse (text);
  g_autoptr(GString) out = g_string_new (NULL);

  hone_json_print (value, out);
  g_assert_cmpstr (out->str, ==, text);
}

static void
test_print_number (void)
{
  static const struct {
    double      number;
    const char *text;
  } cases[] = {
    { 0.1, "0.1" }, { 1, "1" }, { 0.61, "0.61" }, { 1.0 / 3, "0.333333333333333" }, { 123456789012345678.0, "1.2345678901234568e+17" },
    { NAN, "null" }, { INFINITY, "null" }, { -0.5, "-0.5" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) out = g_string_new (NULL);

      hone_json_print_number (out, cases[i].number);
      if (i == 3)
        g_assert_cmpfloat (g_ascii_strtod (out->str, NULL), ==, cases[i].number);
      else
        g_assert_cmpstr (out->str, ==, cases[i].text);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/json/tree", test_tree);
  g_test_add_func ("/formats/json/strings", test_strings);
  g_test_add_func ("/formats/json/lone-surrogates", test_lone_surrogates);
  g_test_add_func ("/formats/json/python", test_python);
  g_test_add_func ("/formats/json/repeated-names", test_repeated_names);
  g_test_add_func ("/formats/json/bad", test_bad);
  g_test_add_func ("/formats/json/depth", test_depth);
  g_test_add_func ("/formats/json/print", test_print);
  g_test_add_func ("/formats/json/print-number", test_print_number);

  return g_test_run ();
}
