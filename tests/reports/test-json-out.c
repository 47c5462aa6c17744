/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "formats/hone-json.h"
#include "reports/hone-json-out.h"

static void
test_document (void)
{
  HoneJsonOut *out = hone_json_out_new ();
  g_autofree char *text = NULL;

  hone_json_out_object (out, NULL, FALSE);
  hone_json_out_count (out, "n", 3);
  hone_json_out_object (out, "empty", FALSE);
  hone_json_out_end (out);
  hone_json_out_object (out, "share", TRUE);
  hone_json_out_number (out, "value", 0.1);
  hone_json_out_number (out, "low", NAN);
  hone_json_out_end (out);
  hone_json_out_list (out, "rows", FALSE);
  hone_json_out_list (out, NULL, TRUE);
  hone_json_out_integer (out, NULL, -1);
  hone_json_out_boolean (out, NULL, TRUE);
  hone_json_out_string (out, NULL, "a \"b\"\n");
  hone_json_out_string (out, NULL, NULL);
  hone_json_out_end (out);
  hone_json_out_end (out);
  hone_json_out_end (out);
  text = hone_json_out_finish (out);
  g_assert_cmpstr (text, ==,
                   "{\n"
                   "  \"n\": 3,\n"
                   "  \"empty\": {},\n"
                   "  \"share\": {\"value\": 0.1, \"low\": null},\n"
                   "  \"rows\": [\n"
                   "    [-1, true, \"a \\\"b\\\"\\n\", null]\n"
                   "  ]\n"
                   "}\n");
}

static void
test_numbers_read_back (void)
{
  static const double numbers[] = { 0.16125, 0.580625, 1.0 / 3.0, 1e-300, 12345678.9, 0.0, -2.5e10 };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      HoneJsonOut *out = hone_json_out_new ();
      g_autofree char *text = NULL;
      HoneJson *root;

      hone_json_out_object (out, NULL, TRUE);
      hone_json_out_number (out, "x", numbers[i]);
      hone_json_out_end (out);
      text = hone_json_out_finish (out);
      root = hone_json_parse (text, -1, NULL);
      g_assert_nonnull (root);
      g_assert_true (hone_json_get_number (hone_json_get (root, "x")) == numbers[i]);
      hone_json_free (root);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/reports/json-out/document", test_document);
  g_test_add_func ("/reports/json-out/numbers-read-back", test_numbers_read_back);
  return g_test_run ();
}
