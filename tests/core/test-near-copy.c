/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-near-copy.h"
#include "hone-random.h"

static void
assert_fold (const char *text,
             const char *expected)
{
  g_autofree char *fold = hone_near_copy_fold (text);

  g_assert_cmpstr (fold, ==, expected);
}

static void
test_fold (void)
{
  assert_fold ("  Hello,   WORLD!! ", "hello world");
  assert_fold ("hello\n\tworld", "hello world");
  assert_fold ("rock'n'roll", "rock n roll");
  assert_fold ("Caf\xc3\xa9", "café");
  assert_fold ("Cafe\xcc\x81", "café");                                 /* decomposed */
  assert_fold ("STRASSE \xe2\x80\x94 Stra\xc3\x9f" "e", "strasse strasse");     /* long dash, sharp s */
  assert_fold ("\xef\xbc\xa1\xef\xbc\xa2\xef\xbc\x83\xef\xbc\x91", "ab 1");   /* full width */
  assert_fold ("so\xc2\xad" "ft\xe2\x80\x8b", "soft");                  /* soft hyphen, zero-width space */
  assert_fold ("non\xc2\xa0" "breaking\xe3\x80\x80" "blank", "non breaking blank");
  assert_fold ("\xe2\x80\x9cquoted\xe2\x80\x9d", "quoted");
  assert_fold ("", "");
  assert_fold ("!!! ???", "");
}

static void
assert_copies (const char *a,
               const char *b,
               gboolean    copies)
{
  if (copies)
    g_assert_cmpuint (hone_near_copy_hash (a), ==, hone_near_copy_hash (b));
  else
    g_assert_cmpuint (hone_near_copy_hash (a), !=, hone_near_copy_hash (b));
}

static void
test_copies (void)
{
  assert_copies ("Rates rise again", "RATES RISE, again!", TRUE);
  assert_copies ("Rates rise again", "Rates rise \xe2\x80\x93 again\xe2\x80\xa6", TRUE);
  assert_copies ("Rates rise again", "Ratesrise again", FALSE);
  assert_copies ("Rates rise 1", "Rates rise 2", FALSE);
  assert_copies ("!!!", "???", FALSE);
  assert_copies ("!!!", "!!!", TRUE);
  assert_copies ("", " ", FALSE);
  assert_copies ("\xf0\x9f\x93\x88", "\xf0\x9f\x93\x89", FALSE);        /* chart up, chart down */
}

/* FNV-1a and the mixer of splitmix64 by an independent program: the hash is stored and may never change. */
static void
test_known_hashes (void)
{
  g_assert_cmpuint (hone_near_copy_hash ("Hello, World!"), ==, G_GUINT64_CONSTANT (0x05cb585112be1151));
  g_assert_cmpuint (hone_near_copy_hash ("Stra\xc3\x9f" "e 5"), ==, G_GUINT64_CONSTANT (0x8d9fe3e773fa3ef5));
  g_assert_cmpuint (hone_near_copy_hash ("!!!"), ==, G_GUINT64_CONSTANT (0x261abf3f033262ab));
}

/* For any bytes at all: folding twice is folding once, and a text is a copy of its fold. The fold is ASCII or
 * not as chance wills, so the two ways to hash are compared as well. */
static void
test_any_bytes (void)
{
  static const char * const pieces[] = {
    "a", "B", "7", " ", "-", "_", "\xc3\x84", "\xcc\x88", "\xe2\x80\x94", "\xff", "\xe4\xbd", "\xe4\xbd\x93", "\xc2\xad",
    "\xef\xac\x81", "\xc4\xb0", "\xce\xa3", "\xe2\x84\xab", "\xf0\x9f\x93\x88", "\x01", "\xea\xb0\x80",
  };
  HoneRandom random;

  hone_random_init (&random, 9);
  for (guint round = 0; round < 20000; round++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autofree char *fold = NULL;
      g_autofree char *again = NULL;

      for (guint64 n = hone_random_below (&random, 12); n > 0; n--)
        g_string_append (text, pieces[hone_random_below (&random, G_N_ELEMENTS (pieces))]);

      fold = hone_near_copy_fold (text->str);
      again = hone_near_copy_fold (fold);
      g_assert_true (g_utf8_validate (fold, -1, NULL));
      g_assert_cmpstr (fold, ==, again);
      g_assert_cmpuint (hone_near_copy_hash (text->str), !=, 0);
      if (*fold != '\0')
        g_assert_cmpuint (hone_near_copy_hash (text->str), ==, hone_near_copy_hash (fold));
    }
}

/* A run of marks in falling order is what sorts slowest: without a limit this would take minutes. */
static void
test_endless_marks (void)
{
  g_autoptr(GString) text = g_string_new ("a");

  for (guint i = 0; i < 200000; i++)
    g_string_append (text, i % 2 ? "\xcc\x96" : "\xcc\x81");
  g_assert_cmpuint (hone_near_copy_hash (text->str), !=, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/core/near-copy/fold", test_fold);
  g_test_add_func ("/core/near-copy/copies", test_copies);
  g_test_add_func ("/core/near-copy/known-hashes", test_known_hashes);
  g_test_add_func ("/core/near-copy/any-bytes", test_any_bytes);
  g_test_add_func ("/core/near-copy/endless-marks", test_endless_marks);
  return g_test_run ();
}
