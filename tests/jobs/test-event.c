/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the protocol, good and bad. */
#include "config.h"

#include <math.h>
#include <string.h>

#include "jobs/hone-event-private.h"
#include "jobs/hone-jobs.h"

#define HASH "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef"

static gboolean
parse (const char *line,
       HoneEvent  *event)
{
  g_autoptr(GError) error = NULL;
  gboolean good = _hone_event_parse (line, strlen (line), event, &error);

  if (good)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
    }
  return good;
}

static void
test_good (void)
{
  g_auto(HoneEvent) hello = { 0 }, progress = { 0 }, metric = { 0 }, failure = { 0 }, model = { 0 }, folder = { 0 }, unknown = { 0 };

  g_assert_true (parse ("{\"event\":\"hello\",\"name\":\"x\",\"protocol\":1,\"other\":[{}]}", &hello));
  g_assert_cmpint (hello.type, ==, HONE_EVENT_HELLO);
  g_assert_cmpfloat (hello.protocol, ==, 1);
  g_assert_true (parse ("{\"event\":\"progress\",\"step\":3,\"steps\":4,\"seconds_left\":null}", &progress));
  g_assert_cmpfloat (progress.step, ==, 3);
  g_assert_true (isnan (progress.seconds_left));
  g_assert_true (parse ("{\"event\":\"metric\",\"step\":3,\"name\":\"loss\",\"value\":-0.5}", &metric));
  g_assert_cmpfloat (metric.value, ==, -0.5);
  g_assert_true (parse ("{\"event\":\"error\",\"code\":\"oom\"}", &failure));
  g_assert_cmpstr (failure.message, ==, "oom");
  g_assert_true (parse ("{\"event\":\"done\",\"model\":\"m\",\"sha256\":\"" HASH "\"}", &model));
  g_assert_true (model.is_model);
  g_assert_cmpint (model.sha256[31], ==, 'f');   /* lower case */
  g_assert_true (parse ("{\"event\":\"done\",\"model\":\"m\",\"files\":{\"m/a\":\"" HASH "\",\"m/b\":\"" HASH "\"}}", &folder));
  g_assert_cmpuint (folder.files->len, ==, 4);
  g_assert_true (parse ("{\"event\":\"weather\"}", &unknown));
  g_assert_cmpint (unknown.type, ==, HONE_EVENT_UNKNOWN);
}

static void
test_bad (void)
{
  static const char * const lines[] = {
    "rubbish", "[]", "1", "{}", "{\"event\":1}", "{\"event\":\"stage\"}", "{\"event\":\"metric\",\"name\":\"x\"}",
    "{\"event\":\"metric\",\"name\":\"x\",\"value\":NaN}", "{\"event\":\"metric\",\"value\":1}", "{\"event\":\"done\"}",
    "{\"event\":\"done\",\"model\":\"m\"}", "{\"event\":\"done\",\"model\":\"m\",\"sha256\":\"12\"}",
    "{\"event\":\"done\",\"model\":\"m\",\"predictions\":\"p\",\"sha256\":\"" HASH "\"}",
    "{\"event\":\"done\",\"model\":\"m\",\"files\":{}}", "{\"event\":\"done\",\"model\":\"m\",\"files\":{\"a\":\"b\"}}",
    "{\"event\":\"done\",\"predictions\":\"p\"}", "{\"event\":\"hello\"", "\xff\xfe",
    ("\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"
    "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4"),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto(HoneEvent) event = { 0 };

      if (parse (lines[i], &event))
        g_error ("“%s” was taken", lines[i]);
    }
}

static HoneOntology *
make_ontology (HoneChoice choice)
{
  HoneOntology *ontology = hone_ontology_new (choice, NULL);
  HoneCategory money = { .name = (char *) "Money" }, sports = { .name = (char *) "Sports" };

  hone_ontology_add (ontology, &money, NULL);
  hone_ontology_add (ontology, &sports, NULL);
  return ontology;
}

static gboolean
parse_answer (const char         *line,
              const HoneOntology *ontology,
              HoneAnswerLine     *answer)
{
  g_autoptr(GError) error = NULL;
  gboolean good = _hone_answer_line_parse (line, strlen (line), ontology, NULL, answer, &error);

  if (!good)
    g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL);
  return good;
}

static void
test_answers (void)
{
  g_autoptr(HoneOntology) one = make_ontology (HONE_CHOICE_ONE), several = make_ontology (HONE_CHOICE_SEVERAL);
  g_auto(HoneAnswerLine) plain = { 0 }, many = { 0 }, raw = { 0 }, unable = { 0 }, number = { 0 };

  g_assert_true (parse_answer ("{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\"],\"confidence\":1.0000000001,"
                               "\"scores\":{\"SPORTS\":1,\"MONEY\":0}}", one, &plain));
  g_assert_cmpint (plain.id, ==, 7);
  g_assert_cmpfloat (plain.confidence, ==, 1);
  g_assert_cmpfloat (plain.scores[hone_ontology_get_position (one, hone_ontology_get_by_key (one, "SPORTS")->id)], ==, 1);
  g_assert_true (parse_answer ("{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\",\"MONEY\"]}", several, &many));
  g_assert_cmpuint (hone_category_set_get_size (many.categories), ==, 2);
  g_assert_true (isnan (many.confidence));
  g_assert_null (many.scores);
  g_assert_true (parse_answer ("{\"id\":\"7\",\"raw\":\" sports.\"}", one, &raw));
  g_assert_cmpint (raw.outcome, ==, HONE_OUTCOME_ANSWERED);
  g_assert_true (parse_answer ("{\"id\":\"7\",\"outcome\":\"abstained\",\"categories\":[\"SPORTS\"]}", one, &unable));
  g_assert_null (unable.categories);
  g_assert_true (parse_answer ("{\"id\":7,\"outcome\":\"failed\"}", one, &number));
  g_assert_cmpint (number.id, ==, 7);
}

static void
test_bad_answers (void)
{
  g_autoptr(HoneOntology) one = make_ontology (HONE_CHOICE_ONE);
  static const char * const lines[] = {
    "{}", "{\"id\":\"7\"}", "{\"id\":\"x\",\"outcome\":\"failed\"}", "{\"id\":\"0\",\"outcome\":\"failed\"}", "{\"id\":\"-1\",\"outcome\":\"failed\"}",
    "{\"id\":\"99999999999999999999\",\"outcome\":\"failed\"}", "{\"id\":\"7\",\"outcome\":\"good\"}", "{\"id\":\"7\",\"outcome\":\"answered\"}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[]}", "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"sports\"]}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[1]}", "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\",\"MONEY\"]}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\"],\"confidence\":1.5}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\"],\"confidence\":\"high\"}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\"],\"scores\":{\"WEATHER\":1}}",
    "{\"id\":\"7\",\"outcome\":\"answered\",\"categories\":[\"SPORTS\"],\"scores\":{\"SPORTS\":-1}}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_auto(HoneAnswerLine) answer = { 0 };

      if (parse_answer (lines[i], one, &answer))
        g_error ("“%s” was taken", lines[i]);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/event/good", test_good);
  g_test_add_func ("/jobs/event/bad", test_bad);
  g_test_add_func ("/jobs/event/answers", test_answers);
  g_test_add_func ("/jobs/event/bad-answers", test_bad_answers);
  return g_test_run ();
}
