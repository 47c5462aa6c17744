/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of several questions of a file is read: the one whose answers are categories of the project. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-choose.h"

/* A file with more "questions" than this has texts where names were expected. */
#define MAX_QUESTIONS 256

typedef struct {
  char    *name;
  guint64  n_known;
} Question;

struct _HoneChooser {
  HoneOntology *ontology;     /* (nullable) */
  GPtrArray    *questions;    /* of Question, in the order in which they were met */
};

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->name);
  g_free (question);
}

HoneChooser *
_hone_chooser_new (const HoneOntology *ontology)
{
  HoneChooser *self = g_new0 (HoneChooser, 1);

  self->ontology = ontology != NULL ? hone_ontology_ref ((HoneOntology *) ontology) : NULL;
  self->questions = g_ptr_array_new_with_free_func (question_free);

  return self;
}

void
_hone_chooser_free (HoneChooser *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_ptr_array_unref (self->questions);
  g_free (self);
}

static Question *
find_question (HoneChooser *self,
               const char  *name)
{
  for (guint i = 0; name != NULL && i < self->questions->len; i++)
    {
      Question *question = g_ptr_array_index (self->questions, i);

      if (strcmp (question->name, name) == 0)
        return question;
    }

  return NULL;
}

static gboolean
knows_all (HoneChooser  *self,
           char * const *words)
{
  if (self->ontology == NULL || words == NULL || words[0] == NULL)
    return FALSE;

  for (gsize i = 0; words[i] != NULL; i++)
    {
      if (hone_ontology_match (self->ontology, words[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

void
_hone_chooser_add (HoneChooser  *self,
                   const char   *question,
                   char * const *words)
{
  Question *found = find_question (self, question);

  if (found == NULL && (question == NULL || self->questions->len >= MAX_QUESTIONS))
    return;
  if (found == NULL)
    {
      found = g_new0 (Question, 1);
      found->name = g_strdup (question);
      g_ptr_array_add (self->questions, found);
    }

  found->n_known += knows_all (self, words) ? 1 : 0;
}

const char *
_hone_chooser_get (HoneChooser *self)
{
  const Question *best = NULL;

  for (guint i = 0; i < self->questions->len; i++)
    {
      const Question *question = g_ptr_array_index (self->questions, i);

      if (best == NULL || question->n_known > best->n_known)
        best = question;
    }

  return best != NULL ? best->name : NULL;
}

gboolean
_hone_chooser_knows (HoneChooser *self,
                     const char  *question)
{
  const Question *found = find_question (self, question);

  return found != NULL && found->n_known > 0;
}

void
_hone_chooser_describe (HoneChooser *self,
                        HoneReader  *reader,
                        const char  *chosen)
{
  g_autoptr(GString) others = g_string_new (NULL);

  for (guint i = 0; i < self->questions->len; i++)
    {
      const Question *question = g_ptr_array_index (self->questions, i);

      if (g_strcmp0 (question->name, chosen) != 0)
        g_string_append_printf (others, others->len > 0 ? ", %s" : "%s", question->name);
    }

  if (chosen != NULL && others->len > 0)
    hone_reader_describe (reader, _("labels from “%s”; answers to %s become metadata"), chosen, others->str);
}
