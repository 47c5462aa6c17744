/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers of models are foreign bytes. First byte: choice rule and template; then the answer, or up to the first
 * newline a template in its text form and behind it the answer. */
#include "config.h"

#include <string.h>

#include "hone-near-copy.h"
#include "hone-splitter.h"
#include "hone-template.h"

static HoneOntology *
make_ontology (HoneChoice choice)
{
  static const char * const names[] = {
    "World News", "World", "News", "Media & Entertainment", "C++", "U.S.", "体育", "\"Quoted\"", "to classify", "Été",
  };
  HoneOntology *ontology = hone_ontology_new (choice, "Which?");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      HoneCategory category = { .name = (char *) names[i] };

      hone_ontology_add (ontology, &category, NULL);
    }

  return ontology;
}

/* What every caller relies on. */
static void
check_answer (const HoneOntology *ontology,
              const HoneAnswer   *answer)
{
  const guint *ids;
  gsize n = 0;

  g_assert_cmpint (answer->outcome, !=, HONE_OUTCOME_FAILED);
  g_assert_true ((answer->outcome == HONE_OUTCOME_ANSWERED) == (answer->categories != NULL));
  g_assert_true ((answer->outcome == HONE_OUTCOME_ANSWERED) == (answer->reason == NULL));
  if (answer->categories == NULL)
    return;

  ids = hone_category_set_get_ids (answer->categories, &n);
  g_assert_cmpuint (n, >, 0);
  g_assert_true (n == 1 || hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL);
  for (gsize i = 0; i < n; i++)
    g_assert_nonnull (hone_ontology_get_by_id (ontology, ids[i]));
}

static HoneTemplate *
make_template (guint   flags,
               char  **text)
{
  char *end = flags & 2 ? strchr (*text, '\n') : NULL;
  HoneTemplate *template = NULL;

  if (end != NULL)
    {
      *end = '\0';
      template = hone_template_from_string (*text, NULL);
      *text = end + 1;
    }
  if (template == NULL)
    template = hone_template_new (NULL, NULL, NULL, flags & 4 ? " END" : NULL, (flags & 8) != 0);

  return template;
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autofree char *copy = NULL;
  g_autofree char *string = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(HoneTemplate) template = NULL;
  g_autoptr(HoneTemplate) again = NULL;
  g_auto(HoneAnswer) answer = { 0 };
  HoneShares shares;
  char *text;

  if (size == 0)
    return 0;

  copy = g_strndup ((const char *) data + 1, size - 1);
  text = copy;
  ontology = make_ontology (data[0] & 1 ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE);
  template = make_template (data[0], &text);
  hone_template_parse (template, ontology, text, &answer);
  check_answer (ontology, &answer);

  if (answer.categories != NULL)
    {
      g_autofree char *written = hone_template_render_answer (template, ontology, answer.categories);
      g_auto(HoneAnswer) read = { 0 };

      hone_template_parse (template, ontology, written, &read);
      g_assert_cmpint (read.outcome, ==, HONE_OUTCOME_ANSWERED);
      g_assert_true (hone_category_set_equal (read.categories, answer.categories));
    }

  string = hone_template_to_string (template);
  again = hone_template_from_string (string, NULL);
  g_assert_cmpstr (hone_template_get_hash (again), ==, hone_template_get_hash (template));
  g_assert_cmpuint (hone_near_copy_hash (text), !=, 0);
  hone_shares_parse (text, &shares, NULL);

  return 0;
}
