/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import, split, label: the JSON that scripts read, and that bad input changes nothing. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli-fixture.h"

#define TEXTS                                    \
  "text,label\n"                                 \
  "the match ended two to one,Sports\n"          \
  "the striker scored twice,Sports\n"            \
  "shares fell on Monday,Money\n"                \
  "the bank raised its rates,Money\n"            \
  "the coach was sacked,Sports\n"

static void
test_json (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", TEXTS);
  cli_run (cli, "new", "p.hone", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "a.csv", "--dry-run", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 5);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, 0);

  cli_run (cli, "import", "p.hone", "a.csv", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 5);
  g_assert_cmpint (cli_int (cli, "labels"), ==, 5);
  g_assert_cmpint (cli_int (cli, "current"), ==, 5);
  g_assert_cmpint (cli_int (cli, "failed"), ==, 0);
  g_assert_cmpint (cli_int (cli, "skipped"), ==, 0);
  g_assert_cmpint (cli_int (cli, "refused"), ==, 0);
  g_assert_cmpint (cli_int (cli, "splits.train"), ==, 5);
  /* Counts of zero are left out of these three. */
  g_assert_cmpuint (json_object_get_size (json_node_get_object (cli_node (cli, "splits"))), ==, 1);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (cli_node (cli, "warnings"))), ==, 0);
  g_assert_cmpuint (json_object_get_size (json_node_get_object (cli_node (cli, "predictions"))), ==, 0);

  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 5);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.SPORTS"), ==, 3);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.MONEY"), ==, 2);
}

static void
test_splits (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autoptr(GString) texts = g_string_new (NULL);

  for (int i = 0; i < 100; i++)
    g_string_append_printf (texts, "{\"text\": \"text number %d about nothing\", \"label\": \"%s\"}\n", i, i % 2 ? "A" : "B");
  cli_write (cli, "a.jsonl", texts->str);
  cli_write (cli, "b.csv", TEXTS);
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.jsonl", "--split", "80/10/10", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.train"), ==, 80);
  g_assert_cmpint (cli_int (cli, "splits.validation"), ==, 10);
  g_assert_cmpint (cli_int (cli, "splits.test"), ==, 10);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.validation.categories.A"), ==, 5);

  cli_run (cli, "new", "q.hone", NULL);
  cli_run (cli, "import", "q.hone", "b.csv", "--split", "validation", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "splits.validation"), ==, 5);

  /* Nobody has said where these go: they can be dealt, once. */
  cli_run (cli, "new", "r.hone", NULL);
  cli_run (cli, "import", "r.hone", "a.jsonl", NULL);
  cli_run (cli, "split", "r.hone", "--set", "50/50", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "dealt"), ==, 100);
  g_assert_cmpint (cli_int (cli, "splits.validation.examples"), ==, 50);
  cli_run (cli, "split", "r.hone", "--set", "90/10", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "dealt"), ==, 0);
  g_assert_cmpint (cli_int (cli, "splits.validation.examples"), ==, 50);
}

/* How copies of one text are written: near copies all the same. */
static const char * const spellings[] = { "%s %d", "“%s %d”!", "%s   %d ...", "- %s: %d" };

static void
write_copies (Cli        *cli,
              const char *name,
              GRand      *random)
{
  g_autoptr(GString) texts = g_string_new ("id,text,label\n");

  for (int i = 0; i < 300; i++)
    {
      int number = g_rand_int_range (random, 0, 150);
      const char *spelling = spellings[g_rand_int_range (random, 0, G_N_ELEMENTS (spellings))];
      g_autofree char *word = g_rand_boolean (random) ? g_strdup ("NUMBER") : g_strdup ("number");
      g_autofree char *text = g_strdup_printf (spelling, word, number);

      g_string_append_printf (texts, "%s-%d,\"%s\",%c\n", name, i, text, 'A' + number % 3);
    }
  cli_write (cli, name, texts->str);
}

/* The number in a text of write_copies () says which texts are copies of each other. */
static int
find_number (const char *text)
{
  return atoi (text + strcspn (text, "0123456789"));
}

/* Where each text is: the split by the id, checked to be the same for all copies. */
static GHashTable *
read_splits (Cli *cli)
{
  GHashTable *by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr(GHashTable) by_number = g_hash_table_new (NULL, NULL);
  g_autofree char *text = NULL, *path = NULL;
  g_auto(GStrv) lines = NULL;

  cli_run (cli, "export", "p.hone", "--what", "texts", "--format", "jsonl", "--output", "texts.jsonl", NULL);
  cli_assert_status (cli, 0);
  text = cli_read (cli, "texts.jsonl");
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (gsize i = 0; lines[i]; i++)
    {
      g_autoptr(JsonNode) node = json_from_string (lines[i], NULL);
      JsonObject *object = json_node_get_object (node);
      char *split = g_strdup (json_object_get_string_member (object, "split"));
      gpointer number = GINT_TO_POINTER (1 + find_number (json_object_get_string_member (object, "text")));
      const char *other = g_hash_table_lookup (by_number, number);

      g_hash_table_insert (by_id, g_strdup (json_object_get_string_member (object, "id")), split);
      if (other == NULL)
        g_hash_table_insert (by_number, number, split);
      else
        g_assert_cmpstr (split, ==, other);
    }
  path = g_build_filename (cli->folder, "texts.jsonl", NULL);
  g_assert_cmpint (g_remove (path), ==, 0);      /* an export overwrites nothing */
  return by_id;
}

/* Near copies are dealt together, within a file and with texts that were there before; whoever has a role keeps it. */
static void
test_near_copies (void)
{
  g_autoptr(Cli) cli = cli_new ();
  g_autoptr(GRand) random = g_rand_new_with_seed (11);
  g_autoptr(GHashTable) first = NULL, second = NULL;
  GHashTableIter iter;
  gpointer id, split;

  write_copies (cli, "a.csv", random);
  write_copies (cli, "b.csv", random);
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--split", "60/20/20", NULL);
  cli_assert_status (cli, 0);
  first = read_splits (cli);
  cli_run (cli, "import", "p.hone", "b.csv", "--split", "50/50", NULL);
  cli_assert_status (cli, 0);
  second = read_splits (cli);
  g_assert_cmpuint (g_hash_table_size (first), ==, 300);
  g_assert_cmpuint (g_hash_table_size (second), ==, 600);
  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &id, &split))
    g_assert_cmpstr (g_hash_table_lookup (second, id), ==, split);
}

static void
test_refused (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "bad.jsonl", "{\"text\": \"one\", \"label\": \"A\"}\nnot json at all\n{\"text\": \"two\", \"label\": \"B\"}\n");
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "bad.jsonl", "--format", "jsonl", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "bad.jsonl"));
  g_assert_nonnull (strstr (cli->err, "2"));
  g_assert_nonnull (strstr (cli->err, "--on-error skip"));
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, 0);

  cli_run (cli, "import", "p.hone", "bad.jsonl", "--format", "jsonl", "--on-error", "skip", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "examples"), ==, 2);
  g_assert_cmpint (cli_int (cli, "refused"), ==, 1);
  g_assert_cmpstr (cli_string (cli, "problems.0.code"), ==, "malformed");
  g_assert_cmpint (cli_int (cli, "problems.0.line"), ==, 2);
}

static void
test_bad_files (void)
{
  static const char * const names[] = { "missing.csv", "empty.csv", ".", "p.hone", "binary.bin" };
  g_autoptr(Cli) cli = cli_new ();
  g_autofree char *binary = g_build_filename (cli->folder, "binary.bin", NULL);

  cli_write (cli, "empty.csv", "");
  g_assert_true (g_file_set_contents (binary, "\x7f" "ELF\0\0\1\2\3\0\xff\xfe\0\0", 14, NULL));
  cli_run (cli, "new", "p.hone", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_test_message ("import %s", names[i]);
      cli_run (cli, "import", "p.hone", names[i], NULL);
      cli_assert_status (cli, 3);
      g_assert_true (g_str_has_prefix (cli->err, "hone-cli: "));
      cli_run (cli, "split", "p.hone", "--json", NULL);
      g_assert_cmpint (cli_int (cli, "splits.train.examples"), ==, 0);
    }
  cli_write (cli, "a.csv", TEXTS);
  cli_run (cli, "import", "p.hone", "a.csv", "--text", "nonsense", NULL);
  cli_assert_status (cli, 3);
}

static void
test_labels (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "a.csv", TEXTS);
  cli_run (cli, "new", "p.hone", NULL);
  cli_run (cli, "import", "p.hone", "a.csv", "--labels", "known", "--json", NULL);
  cli_assert_status (cli, 0);
  g_assert_cmpint (cli_int (cli, "known"), ==, 5);
  g_assert_cmpint (cli_int (cli, "current"), ==, 0);

  cli_run (cli, "label", "p.hone", "--simulate", "4", "--order", "balanced", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 4);
  g_assert_cmpint (cli_int (cli, "splits.train.known"), ==, 1);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.SPORTS"), ==, 2);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.MONEY"), ==, 2);

  cli_run (cli, "label", "p.hone", "--simulate", "10", NULL);
  cli_assert_status (cli, 0);
  g_assert_nonnull (strstr (cli->err, "10"));
  cli_run (cli, "label", "p.hone", "--simulate", "1", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "hone-cli import "));
  g_assert_nonnull (strstr (cli->err, "p.hone FILE --labels known"));

  /* A name of a category is as good as its key; one author has one say, two authors that differ are a dispute. */
  cli_run (cli, "label", "p.hone", "--id", "#3", "--category", "sports", "--author", "ada", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.disputed"), ==, 1);
  cli_run (cli, "label", "p.hone", "--id", "#3", "--category", "MONEY", "--author", "ada", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.disputed"), ==, 0);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 5);

  cli_run (cli, "label", "p.hone", "--id", "nobody", "--category", "SPORTS", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "label", "p.hone", "--id", "#1", "--category", "WEATHER", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "label", "p.hone", "--id", "#1", "--category", "SPORTS", "MONEY", NULL);
  cli_assert_status (cli, 3);
  cli_run (cli, "new", "q.hone", NULL);
  cli_run (cli, "label", "q.hone", "--id", "#1", "--category", "SPORTS", NULL);
  cli_assert_status (cli, 3);
  g_assert_nonnull (strstr (cli->err, "hone-cli ontology q.hone --set"));
}

static void
test_several (void)
{
  g_autoptr(Cli) cli = cli_new ();

  cli_write (cli, "o.json", "{\"jobs\": {\"J\": {\"mlTask\": \"CLASSIFICATION\", \"content\": {\"input\": \"checkbox\", \"categories\": "
                            "{\"A\": {\"name\": \"Aa\"}, \"B\": {\"name\": \"Bb\"}, \"C\": {\"name\": \"Cc\"}}}}}}");
  cli_write (cli, "a.txt", "one text\nanother text\n");
  cli_run (cli, "new", "p.hone", "--ontology", "o.json", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "import", "p.hone", "a.txt", "--format", "lines", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "label", "p.hone", "--id", "#1", "--category", "A", "--category", "C", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "label", "p.hone", "--id", "#2", "--category", "A", "B", NULL);
  cli_assert_status (cli, 0);
  cli_run (cli, "split", "p.hone", "--json", NULL);
  g_assert_cmpint (cli_int (cli, "splits.train.labelled"), ==, 2);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.A"), ==, 2);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.B"), ==, 1);
  g_assert_cmpint (cli_int (cli, "splits.train.categories.C"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/cli/import/json", test_json);
  g_test_add_func ("/cli/import/splits", test_splits);
  g_test_add_func ("/cli/import/near-copies", test_near_copies);
  g_test_add_func ("/cli/import/refused", test_refused);
  g_test_add_func ("/cli/import/bad-files", test_bad_files);
  g_test_add_func ("/cli/import/labels", test_labels);
  g_test_add_func ("/cli/import/several", test_several);
  return g_test_run ();
}
