/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The YAML of cards: values from the YAML specification's rules, not from the code. */
#include "config.h"

#include "formats/hone-format.h"
#include "formats/hone-yaml.h"

static void
assert_yaml (const char *yaml,
             const char *json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneJson) value = _hone_yaml_parse (yaml, &error);
  g_autoptr(GString) found = g_string_new (NULL);

  g_assert_no_error (error);
  hone_json_print (value, found);
  g_assert_cmpstr (found->str, ==, json);
}

static void
assert_bad (const char *yaml)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (_hone_yaml_parse (yaml, &error));
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
}

static void
test_blocks (void)
{
  assert_yaml ("a: 1\nb:\n  c: x\n  d: y\n", "{\"a\":\"1\",\"b\":{\"c\":\"x\",\"d\":\"y\"}}");
  assert_yaml ("- a\n- b\n", "[\"a\",\"b\"]");
  assert_yaml ("l:\n- a\n-  b\nm: z\n", "{\"l\":[\"a\",\"b\"],\"m\":\"z\"}");
  assert_yaml ("l:\n  - name: x\n    dtype: y\n  - name: z\n", "{\"l\":[{\"name\":\"x\",\"dtype\":\"y\"},{\"name\":\"z\"}]}");
  assert_yaml ("- - 1\n  - 2\n- 3\n", "[[\"1\",\"2\"],\"3\"]");
  assert_yaml ("# note\na: x # note\n\nb: \"# no\"\nc: a#b\n", "{\"a\":\"x\",\"b\":\"# no\",\"c\":\"a#b\"}");
  assert_yaml ("a:\nb: ~\nc: null\n", "{\"a\":null,\"b\":null,\"c\":null}");
  assert_yaml ("t: |\n  one\n  two\nu: v\n", "{\"t\":\"one\\ntwo\\n\",\"u\":\"v\"}");
  assert_yaml ("u: http://x.org/a:b\n", "{\"u\":\"http://x.org/a:b\"}");
}

static void
test_flow (void)
{
  assert_yaml ("a: [x, 'it''s', \"q\\n\"]\n", "{\"a\":[\"x\",\"it's\",\"q\\n\"]}");
  assert_yaml ("a: {b: c, 'd': {e: [f]}}\n", "{\"a\":{\"b\":\"c\",\"d\":{\"e\":[\"f\"]}}}");
  assert_yaml ("a: {split: train,\n    path: x.csv}\nb: 1\n", "{\"a\":{\"split\":\"train\",\"path\":\"x.csv\"},\"b\":\"1\"}");
  assert_yaml ("n: {'0': MONEY, '1': \"WORLD NEWS\"}\n", "{\"n\":{\"0\":\"MONEY\",\"1\":\"WORLD NEWS\"}}");
  assert_yaml ("a: []\nb: {}\n", "{\"a\":[],\"b\":{}}");
}

static void
test_bad (void)
{
  g_autoptr(GString) deep = g_string_new ("a: ");

  assert_bad ("a: [x\n");
  assert_bad ("a: {b: c\n");
  assert_bad ("a: 'open\n");
  assert_bad ("a: 1\n   b: 2\n");
  assert_bad ("no mapping here\nb: 1\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_bad (deep->str);
}

static void
test_card (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneJson) card = _hone_card_parse ("---\nlicense: mit\n---\n\n# Title\nnot: yaml: at: all\n", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (hone_json_get_string (hone_json_get (card, "license")), ==, "mit");
  g_assert_null (_hone_card_parse ("# Title\n---\n", &error));
  g_assert_no_error (error);
}

/* What is printed is read back as the same string. */
static void
test_print (void)
{
  static const char * const scalars[] = {
    "MONEY", "no", "NO", "1e5", "007", "", "a: b", "'", "\"q\"", "WORLD NEWS", "- x", "# x", "選挙", "null", "y", "a\nb", "{", "*x", "x.y",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (scalars); i++)
    {
      g_autoptr(GString) yaml = g_string_new ("k: ");
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneJson) value = NULL;

      _hone_yaml_print (yaml, scalars[i]);
      /* Another reader must not take it for a truth value, number or null. */
      if (g_strcmp0 (scalars[i], "MONEY") != 0 && g_strcmp0 (scalars[i], "x.y") != 0)
        g_assert_cmpint (yaml->str[3], ==, '"');
      value = _hone_yaml_parse (yaml->str, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (hone_json_get_string (hone_json_get (value, "k")), ==, scalars[i]);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/formats/yaml/blocks", test_blocks);
  g_test_add_func ("/formats/yaml/flow", test_flow);
  g_test_add_func ("/formats/yaml/bad", test_bad);
  g_test_add_func ("/formats/yaml/card", test_card);
  g_test_add_func ("/formats/yaml/print", test_print);

  return g_test_run ();
}
