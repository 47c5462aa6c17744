/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of a JSON file one by one. */
#include "config.h"

#include <string.h>

#include "formats/hone-format.h"
#include "formats/hone-input.h"
#include "formats/hone-json.h"

/* What came, as text: "1:{\"a\":1} 3:bad error: …" with the line of each value. */
static char *
run (const char         *text,
     HoneJsonStreamMode  mode)
{
  g_autoptr(GError) input_error = NULL;
  HoneInput *input = hone_input_new_memory ("file.json", text, strlen (text), NULL, &input_error);
  g_autoptr(HoneJsonStream) stream = NULL;
  GString *out = g_string_new (NULL);

  g_assert_no_error (input_error);
  stream = hone_json_stream_new (input, mode);
  for (;;)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneJson) value = NULL;
      HoneJsonStreamStatus status = hone_json_stream_next (stream, &value, &error);

      g_assert_true ((status == HONE_JSON_STREAM_VALUE) == (value != NULL));
      g_assert_true ((status == HONE_JSON_STREAM_BAD || status == HONE_JSON_STREAM_ERROR) == (error != NULL));
      if (status == HONE_JSON_STREAM_END)
        break;
      if (out->len > 0)
        g_string_append_c (out, ' ');
      if (status == HONE_JSON_STREAM_ERROR)
        {
          g_string_append_printf (out, "error: %s", error->message);
          g_assert_cmpint (hone_json_stream_next (stream, &value, NULL), ==, HONE_JSON_STREAM_END);
          break;
        }
      g_string_append_printf (out, "%" G_GSIZE_FORMAT ":", hone_json_stream_get_line (stream));
      if (status == HONE_JSON_STREAM_BAD)
        g_string_append (out, "bad");
      else
        hone_json_print (value, out);
    }

  return g_string_free (out, FALSE);
}

#define assert_run(text, mode, wanted) \
  G_STMT_START { \
    g_autofree char *got_ = run (text, mode); \
    g_assert_cmpstr (got_, ==, wanted); \
  } G_STMT_END

#define assert_error(text, mode, part) \
  G_STMT_START { \
    g_autofree char *got_ = run (text, mode); \
    if (strstr (got_, "error: “file.json”, line ") == NULL || strstr (got_, part) == NULL) \
      g_error ("“%.300s” does not hold “%s”", got_, part); \
  } G_STMT_END

static void
test_list (void)
{
  assert_run ("[{\"a\":1},\n {\"a\":2}\n, {\n\"a\":3}]\n", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 2:{\"a\":2} 3:{\"a\":3}");
  assert_run ("  []  ", HONE_JSON_STREAM_GUESS, "");
  assert_run ("[1,\"a]\",[2]]", HONE_JSON_STREAM_GUESS, "1:1 1:\"a]\" 1:[2]");
  assert_run ("", HONE_JSON_STREAM_GUESS, "");
  assert_run ("\n \n", HONE_JSON_STREAM_GUESS, "");
}

static void
test_list_in_object (void)
{
  assert_run ("{\"version\": [1, 2],\n\"data\": [{\"a\":1},\n{\"a\":2}], \"more\": {\"x\": []}}", HONE_JSON_STREAM_GUESS,
              "2:{\"a\":1} 3:{\"a\":2}");
  assert_run ("{\"rows\":[{\"a\":1}]}\n{\"rows\":[{\"a\":2}]}", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 2:{\"a\":2}");
  /* A list of anything but objects belongs to a record. */
  assert_run ("{\"text\":\"x\",\"data\":[1,2]}", HONE_JSON_STREAM_GUESS, "1:{\"text\":\"x\",\"data\":[1,2]}");
  assert_run ("{\"data\":{\"text\":\"x\"}}", HONE_JSON_STREAM_GUESS, "1:{\"data\":{\"text\":\"x\"}}");
  assert_run ("{\"data\":[{\"a\":1}]}", HONE_JSON_STREAM_VALUES, "1:{\"data\":[{\"a\":1}]}");
  assert_run ("{\"data\":[{\"a\":1}]}", HONE_JSON_STREAM_LINES, "1:{\"data\":[{\"a\":1}]}");
}

static void
test_lines (void)
{
  assert_run ("{\"a\":1}\n\n{\"a\":2}\r\n{\"a\":3}\r{\"a\":4}", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 3:{\"a\":2} 4:{\"a\":3} 5:{\"a\":4}");
  /* A bad line is stepped over, also as the first. */
  assert_run ("{\"a\":1}\n{\"a\":\n{\"a\":3}\n", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 2:bad 3:{\"a\":3}");
  assert_run ("{\"a\":\"cut\n{\"a\":2}\n", HONE_JSON_STREAM_GUESS, "1:bad 2:{\"a\":2}");
  assert_run ("x\n1\n\"s\"\n{} {}\n", HONE_JSON_STREAM_LINES, "1:bad 2:1 3:\"s\" 4:bad");
}

static void
test_values (void)
{
  assert_run ("{\n \"a\": 1\n}\n{\n \"a\": 2\n}\n", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 4:{\"a\":2}");
}

static void
test_bad_element (void)
{
  assert_run ("[{\"a\":1},{\"a\":tru},\n{\"a\":\"\\q\"},{\"a\":3}]", HONE_JSON_STREAM_GUESS, "1:{\"a\":1} 1:bad 2:bad 2:{\"a\":3}");
}

static void
test_errors (void)
{
  assert_error ("[{\"a\":1},\n{\"a\":", HONE_JSON_STREAM_GUESS, "line 2");
  assert_error ("[{\"a\":1}\n", HONE_JSON_STREAM_GUESS, "ends before its list");
  assert_error ("[{\"a\":1}\n{\"a\":2}]", HONE_JSON_STREAM_GUESS, "line 2");
  assert_error ("[1,]", HONE_JSON_STREAM_GUESS, "value was expected");
  assert_error ("[{\"a\":[1}]", HONE_JSON_STREAM_GUESS, "“]” was expected");
  assert_error ("[1]\n\n x", HONE_JSON_STREAM_GUESS, "line 3");
  assert_error ("text", HONE_JSON_STREAM_GUESS, "list or object");
  assert_error ("[\n{\"a\":\"open\n}]", HONE_JSON_STREAM_GUESS, "not closed");
  assert_error ("{\"data\":[{\"a\":1}], \"b\"}", HONE_JSON_STREAM_GUESS, "“}”");
}

static void
test_depth (void)
{
  g_autofree char *brackets = g_strnfill (200000, '[');
  g_autofree char *line = g_strconcat ("{\"a\":", brackets, "\n{\"a\":2}\n", NULL);
  g_autofree char *list = g_strconcat ("[{\"a\":1},", brackets, "]", NULL);

  /* In lines the next one can be read. */
  assert_run (line, HONE_JSON_STREAM_LINES, "1:bad 2:{\"a\":2}");
  assert_error (list, HONE_JSON_STREAM_GUESS, "512");
  assert_error (brackets, HONE_JSON_STREAM_GUESS, "512");
}

static void
test_long_value (void)
{
  g_autofree char *letters = g_strnfill (17 * 1024 * 1024, 'a');
  g_autofree char *list = g_strconcat ("[\n{\"a\":\"", letters, "\"}]", NULL);
  g_autofree char *line = g_strconcat ("{\"a\":1}\n{\"a\":\"", letters, "\"}\n", NULL);

  assert_error (list, HONE_JSON_STREAM_GUESS, "line 2: the line or record is longer than 16 MiB");
  assert_error (line, HONE_JSON_STREAM_LINES, "line 2: the line or record is longer than 16 MiB");
}

/* Values cut at every place by the blocks they are read in. */
static void
test_block_borders (void)
{
  g_autoptr(GString) text = g_string_new ("[");
  g_autoptr(HoneJsonStream) stream = NULL;
  guint n = 0;

  for (guint i = 0; i < 3000; i++)
    {
      g_autofree char *filler = g_strnfill (i % 211, 'x');

      g_string_append_printf (text, "%s{\"n\":%u, \"t\":\"\\\"%s\\u00e9é{[\"}", i > 0 ? ",\n" : "", i, filler);
    }
  g_string_append (text, "]\n");

  stream = hone_json_stream_new (hone_input_new_memory ("file.json", text->str, text->len, NULL, NULL), HONE_JSON_STREAM_GUESS);
  for (;; n++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneJson) value = NULL;
      HoneJsonStreamStatus status = hone_json_stream_next (stream, &value, &error);

      g_assert_no_error (error);
      if (status == HONE_JSON_STREAM_END)
        break;
      g_assert_cmpfloat (hone_json_get_number (hone_json_get (value, "n")), ==, n);
      g_assert_true (g_str_has_suffix (hone_json_get_string (hone_json_get (value, "t")), "éé{["));
      g_assert_cmpuint (hone_json_stream_get_line (stream), ==, n + 1);
    }
  g_assert_cmpuint (n, ==, 3000);
  g_assert_true (hone_json_stream_is_list (stream));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/json-stream/list", test_list);
  g_test_add_func ("/formats/json-stream/list-in-object", test_list_in_object);
  g_test_add_func ("/formats/json-stream/lines", test_lines);
  g_test_add_func ("/formats/json-stream/values", test_values);
  g_test_add_func ("/formats/json-stream/bad-element", test_bad_element);
  g_test_add_func ("/formats/json-stream/errors", test_errors);
  g_test_add_func ("/formats/json-stream/depth", test_depth);
  g_test_add_func ("/formats/json-stream/long-value", test_long_value);
  g_test_add_func ("/formats/json-stream/block-borders", test_block_borders);

  return g_test_run ();
}
