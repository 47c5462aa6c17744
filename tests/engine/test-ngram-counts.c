/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-ngram-counts.h"

typedef struct {
  gsize words;        /* different ones: alone and in pairs */
  gsize chars;
  gsize all_words;    /* with repeats */
  gsize all_chars;
} Counts;

static Counts
count (const char *text)
{
  g_autoptr(HoneNgramCounter) counter = hone_ngram_counter_new ();
  Counts counts = { 0 };
  gsize n;
  const HoneNgramCount *found = hone_ngram_counter_count (counter, text, strlen (text), &n);

  for (gsize i = 0; i < n; i++)
    {
      gboolean is_word = found[i].bucket < HONE_NGRAM_BLOCK_SIZE;

      g_assert_cmpuint (found[i].bucket, <, HONE_NGRAM_BUCKETS);
      g_assert_cmpuint (found[i].count, >, 0);
      for (gsize k = 0; k < i; k++)
        g_assert_cmpuint (found[k].bucket, !=, found[i].bucket);
      counts.words += is_word;
      counts.chars += !is_word;
      counts.all_words += is_word ? found[i].count : 0;
      counts.all_chars += is_word ? 0 : found[i].count;
    }
  return counts;
}

static void
assert_same (const char *a,
             const char *b)
{
  g_autoptr(HoneNgramCounter) one = hone_ngram_counter_new ();
  g_autoptr(HoneNgramCounter) other = hone_ngram_counter_new ();
  gsize n, m;
  const HoneNgramCount *x = hone_ngram_counter_count (one, a, strlen (a), &n);
  const HoneNgramCount *y = hone_ngram_counter_count (other, b, strlen (b), &m);

  g_assert_cmpmem (x, n * sizeof *x, y, m * sizeof *y);
}

static void
test_words (void)
{
  Counts counts = count ("red car");

  /* red, car, red car */
  g_assert_cmpuint (counts.words, ==, 3);
  g_assert_cmpuint (count ("red a car").words, ==, 3);    /* one letter is no word, and does not part the pair */
  g_assert_cmpuint (count ("red, car!").words, ==, 3);
  g_assert_cmpuint (count ("red red red").words, ==, 2);
  g_assert_cmpuint (count ("red red red").all_words, ==, 5);
  g_assert_cmpuint (count ("7 42").words, ==, 1);
}

static void
test_chars (void)
{
  /* " cat ": three of 3, two of 4, one of 5 */
  g_assert_cmpuint (count ("cat").all_chars, ==, 6);
  /* " a ": itself, once */
  g_assert_cmpuint (count ("a").all_chars, ==, 1);
  /* " ab ": two of 3 and itself */
  g_assert_cmpuint (count ("ab").all_chars, ==, 3);
  /* nothing reaches from one word to the next */
  g_assert_cmpuint (count ("cat cat").chars, ==, 6);
  g_assert_cmpuint (count ("cat cat").all_chars, ==, 12);
  g_assert_cmpuint (count ("  cat\n\tcat  ").all_chars, ==, 12);
  /* marks stay: " cat! " has 4 + 3 + 2 */
  g_assert_cmpuint (count ("cat!").all_chars, ==, 9);
}

static void
test_case (void)
{
  assert_same ("RED Car", "red cAR");
  assert_same ("ÉTÉ À PARIS", "été à paris");
  assert_same ("ПРИВЕТ", "привет");
  assert_same ("e\xcc\x81t\xc3\xa9", "\xc3\xa9t\xc3\xa9");          /* é as letter and accent, and as one */
  assert_same ("\xef\xbc\xa8\xef\xbc\xa9", "hi");                   /* full-width HI */
  assert_same ("a\xc2\xa0" "bc", "a bc");                           /* no-break space */
}

static void
test_scripts (void)
{
  g_assert_cmpuint (count ("ελληνικά νέα").words, ==, 3);
  /* A vowel sign is part of its word: one word, not three letters. */
  g_assert_cmpuint (count ("हिन्दी").words, ==, 1);
  g_assert_cmpuint (count ("新闻").words, ==, 1);
  g_assert_cmpuint (count ("🙂🙃").words, ==, 0);
  g_assert_cmpuint (count ("🙂🙃").all_chars, ==, 3);
}

static void
test_nothing (void)
{
  g_assert_cmpuint (count ("").words + count ("").chars, ==, 0);
  g_assert_cmpuint (count (" \n ").words + count (" \n ").chars, ==, 0);
}

/* A huge text first, and the small one after it is counted as if alone. */
static void
test_huge (void)
{
  g_autoptr(HoneNgramCounter) counter = hone_ngram_counter_new ();
  g_autoptr(GString) text = g_string_new (NULL);
  gsize n;

  for (guint i = 0; i < 200000; i++)
    g_string_append_printf (text, "w%x ", i * 2654435761u);
  hone_ngram_counter_count (counter, text->str, text->len, &n);
  g_assert_cmpuint (n, >, 100000);
  hone_ngram_counter_count (counter, "red car", 7, &n);
  g_assert_cmpuint (n, ==, count ("red car").words + count ("red car").chars);
  hone_ngram_counter_count (counter, "", 0, &n);
  g_assert_cmpuint (n, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/engine/ngram-counts/words", test_words);
  g_test_add_func ("/engine/ngram-counts/chars", test_chars);
  g_test_add_func ("/engine/ngram-counts/case", test_case);
  g_test_add_func ("/engine/ngram-counts/scripts", test_scripts);
  g_test_add_func ("/engine/ngram-counts/nothing", test_nothing);
  g_test_add_func ("/engine/ngram-counts/huge", test_huge);
  return g_test_run ();
}
