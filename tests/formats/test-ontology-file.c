/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ontologies in files. */
#include "config.h"

#include <string.h>

#include "helper.h"

static HoneOntology *
read_file (const char *path)
{
  g_autoptr(GError) error = NULL;
  HoneOntology *ontology = hone_ontology_read_file (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (ontology);

  return ontology;
}

static void
assert_fails (const char *name,
              const char *content,
              const char *part)
{
  g_autofree char *path = helper_write (name, content, -1);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) ontology = hone_ontology_read_file (path, &error);

  g_assert_null (ontology);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, name));
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, part);
}

static void
assert_category (const HoneOntology *ontology,
                 gsize               nth,
                 const char         *key,
                 const char         *name,
                 const char         *color)
{
  const HoneCategory *category = hone_ontology_get_nth (ontology, nth);

  g_assert_cmpstr (category->key, ==, key);
  g_assert_cmpstr (category->name, ==, name);
  g_assert_cmpstr (category->color, ==, color);
}

static void
test_kili_fixtures (void)
{
  static const char * const names[] = { "kili/interface-single.json", "kili/interface-multi.json" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = helper_fixture (names[i]);
      g_autoptr(HoneOntology) ontology = NULL;

      if (path == NULL)
        return;
      ontology = read_file (path);
      g_assert_cmpint (hone_ontology_get_choice (ontology), ==, i == 0 ? HONE_CHOICE_ONE : HONE_CHOICE_SEVERAL);
      g_assert_cmpstr (hone_ontology_get_instruction (ontology), ==, "What is the text about?");
      g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 4);
      assert_category (ontology, 0, "MONEY", "Money", "#E5A50A");
      assert_category (ontology, 2, "WORLD_NEWS", "World News", "#9141AC");
    }
}

static void
test_argilla_fixture (void)
{
  g_autofree char *path = helper_fixture ("argilla/nested/.argilla/settings.json");
  g_autoptr(HoneOntology) ontology = NULL;

  if (path == NULL)
    return;
  ontology = read_file (path);
  g_assert_cmpint (hone_ontology_get_choice (ontology), ==, HONE_CHOICE_ONE);
  g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 4);
  g_assert_nonnull (hone_ontology_get_instruction (ontology));
  for (gsize i = 0; i < 4; i++)
    g_assert_nonnull (hone_ontology_get_nth (ontology, i)->definition);
}

static void
test_kili_inputs (void)
{
  static const char * const inputs[] = { "radio", "singleDropdown", "checkbox", "multipleDropdown" };

  for (gsize i = 0; i < G_N_ELEMENTS (inputs); i++)
    {
      g_autofree char *content = g_strdup_printf (
        "{\"jobs\":{\"NER\":{\"mlTask\":\"NAMED_ENTITIES_RECOGNITION\",\"content\":{\"input\":\"radio\",\"categories\":{\"P\":{\"name\":\"P\"}}}},"
        "\"SUB\":{\"mlTask\":\"CLASSIFICATION\",\"isChild\":true,\"content\":{\"input\":\"radio\",\"categories\":{\"Q\":{\"name\":\"Q\"}}}},"
        "\"JOB\":{\"mlTask\":\"CLASSIFICATION\",\"content\":{\"input\":\"%s\",\"categories\":"
        "{\"A\":{\"name\":\"a name\",\"definition\":\"what it is\"},\"UNABLE_TO_CLASSIFY\":{\"name\":\"Unable to classify\"},\"B\":{\"name\":\"B\"}}}}}}",
        inputs[i]);
      g_autofree char *path = helper_write ("interface.json", content, -1);
      g_autoptr(HoneOntology) ontology = read_file (path);

      g_assert_cmpint (hone_ontology_get_choice (ontology), ==, i < 2 ? HONE_CHOICE_ONE : HONE_CHOICE_SEVERAL);
      g_assert_cmpuint (hone_ontology_get_size (ontology), ==, 2);
      assert_category (ontology, 0, "A", "a name", NULL);
      g_assert_cmpstr (hone_ontology_get_nth (ontology, 0)->definition, ==, "what it is");
      assert_category (ontology, 1, "B", "B", NULL);
    }
}

static void
test_lists (void)
{
  g_autofree char *json = helper_write ("a.json", "[\"Media & Entertainment\", {\"key\":\"S\",\"name\":\"Sports\",\"color\":\"#2EC27E\"}, \"Unable to classify\"]", -1);
  g_autofree char *text = helper_write ("a.txt", "\xef\xbb\xbfWorld News\r\n\r\n  Money \r\nUNABLE_TO_CLASSIFY\r\n", -1);
  g_autoptr(HoneOntology) from_json = read_file (json);
  g_autoptr(HoneOntology) from_text = read_file (text);

  g_assert_cmpuint (hone_ontology_get_size (from_json), ==, 2);
  assert_category (from_json, 0, "MEDIA_AND_ENTERTAINMENT", "Media & Entertainment", NULL);
  assert_category (from_json, 1, "S", "Sports", "#2EC27E");
  g_assert_cmpuint (hone_ontology_get_size (from_text), ==, 2);
  assert_category (from_text, 0, "WORLD_NEWS", "World News", NULL);
  assert_category (from_text, 1, "MONEY", "Money", NULL);
}

static void
test_bad (void)
{
  g_autofree char *folder = helper_folder ();
  g_autofree char *project = helper_write ("p.hone", "SQLite format 3\0", 16);
  g_autoptr(GError) error = NULL;

  assert_fails ("twice.json", "[\"Money\", \"Sports\", \"money\"]", "already");
  assert_fails ("twice.txt", "Money\nMONEY\n", "MONEY");
  assert_fails ("empty-name.json", "[\"Money\", \"\"]", "name");
  assert_fails ("signs.json", "[\"Money\", {\"name\":\" \"}]", "name");
  assert_fails ("number.json", "[\"Money\", [1]]", "neither a name");
  assert_fails ("kili-empty.json", "{\"jobs\":{\"J\":{\"mlTask\":\"CLASSIFICATION\",\"content\":{\"input\":\"radio\",\"categories\":{\"\":{\"name\":\"\"}}}}}}", "name");
  assert_fails ("kili-other.json", "{\"jobs\":{\"J\":{\"mlTask\":\"TRANSCRIPTION\"}}}", "no classification job");
  assert_fails ("kili-input.json", "{\"jobs\":{\"J\":{\"mlTask\":\"CLASSIFICATION\",\"content\":{\"input\":\"text\"}}}}", "“text”");
  assert_fails ("nothing.json", "[]", "no category");
  assert_fails ("nothing.txt", "\n\n", "no category");
  assert_fails ("only-unable.txt", "UNABLE_TO_CLASSIFY\n", "no category");
  assert_fails ("other.json", "{\"a\":1}", "neither a Kili interface");
  assert_fails ("cut.json", "[\"a\", ", "JSON");
  assert_fails ("words.json", "Money\n", "no JSON");
  g_assert_null (hone_ontology_read_file (folder, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_null (hone_ontology_read_file (project, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN);
}

static void
test_round_trip (void)
{
  static const HoneCategory categories[] = {
    { .key = (char *) "WORLD_NEWS", .name = (char *) "World \"News\"", .color = (char *) "#9141AC", .definition = (char *) "Abroad\nonly" },
    { .key = (char *) "ÜBER", .name = (char *) "Über" },
  };
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_SEVERAL, "Which?");
  g_autoptr(HoneOntology) again = NULL;
  g_autofree char *json = NULL, *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    g_assert_cmpuint (hone_ontology_add (ontology, &categories[i], NULL), !=, 0);
  json = hone_ontology_to_kili_json (ontology);
  path = helper_write ("kili.json", json, -1);
  again = read_file (path);
  g_assert_cmpint (hone_ontology_get_choice (again), ==, HONE_CHOICE_SEVERAL);
  g_assert_cmpstr (hone_ontology_get_instruction (again), ==, "Which?");
  g_assert_cmpuint (hone_ontology_get_size (again), ==, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (categories); i++)
    {
      assert_category (again, i, categories[i].key, categories[i].name, categories[i].color);
      g_assert_cmpstr (hone_ontology_get_nth (again, i)->definition, ==, categories[i].definition);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/ontology-file/kili-fixtures", test_kili_fixtures);
  g_test_add_func ("/formats/ontology-file/argilla-fixture", test_argilla_fixture);
  g_test_add_func ("/formats/ontology-file/kili-inputs", test_kili_inputs);
  g_test_add_func ("/formats/ontology-file/lists", test_lists);
  g_test_add_func ("/formats/ontology-file/bad", test_bad);
  g_test_add_func ("/formats/ontology-file/round-trip", test_round_trip);

  return g_test_run ();
}
