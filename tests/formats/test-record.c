/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <math.h>

#include "formats/hone-record.h"

static void
test_defaults (void)
{
  g_autoptr(HoneRecord) record = hone_record_new ();
  HoneRecordLabel *label = hone_record_add_label (record);
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);

  g_assert_cmpint (record->split, ==, -1);
  g_assert_null (record->text);
  g_assert_cmpint (label->origin, ==, HONE_ORIGIN_IMPORTED);
  g_assert_false (label->skip);
  g_assert_cmpint (prediction->iteration, ==, -1);
  g_assert_true (isnan (prediction->confidence));
  g_assert_cmpuint (record->labels->len, ==, 1);
  g_assert_cmpuint (record->predictions->len, ==, 1);
}

static void
test_warnings (void)
{
  g_autoptr(HoneRecord) record = hone_record_new ();
  const HoneRecordWarning *warning;

  g_assert_false (hone_record_has_warning (record, HONE_WARNING_EMPTY_ANSWER));
  hone_record_warn (record, HONE_WARNING_EMPTY_ANSWER, "label", "nothing chosen");
  g_assert_true (hone_record_has_warning (record, HONE_WARNING_EMPTY_ANSWER));
  g_assert_false (hone_record_has_warning (record, HONE_WARNING_NO_ANSWER));
  warning = g_ptr_array_index (record->warnings, 0);
  g_assert_cmpstr (warning->field, ==, "label");
  g_assert_cmpstr (warning->detail, ==, "nothing chosen");
}

static void
test_codes (void)
{
  g_assert_cmpstr (hone_warning_code_to_string (HONE_WARNING_ENCODING_GUESSED), ==, "encoding-guessed");
  g_assert_cmpstr (hone_warning_code_to_string (HONE_WARNING_SENT_BACK), ==, "sent-back");
  g_assert_cmpstr (hone_warning_code_to_string (HONE_WARNING_JOINED_FIELDS), ==, "joined-fields");
  g_assert_cmpstr (hone_warning_code_to_string (HONE_WARNING_LEAK), ==, "leak");
  g_assert_cmpstr (hone_warning_code_to_string (HONE_WARNING_MALFORMED), ==, "malformed");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/record/defaults", test_defaults);
  g_test_add_func ("/formats/record/warnings", test_warnings);
  g_test_add_func ("/formats/record/codes", test_codes);

  return g_test_run ();
}
