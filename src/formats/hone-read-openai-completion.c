/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Prompt and completion pairs. Separator and stop are what all prompts and all completions end with. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-chat.h"
#include "hone-peer.h"

typedef struct {
  HoneChatLearner prompts;
  HoneChatLearner completions;
} CompletionState;

static void
completion_clear (gpointer data)
{
  CompletionState *state = data;

  _hone_learner_clear (&state->prompts);
  _hone_learner_clear (&state->completions);
}

static HonePeerShape
completion_shape (HonePeer         *self,
                  const HoneSource *source,
                  int              *rank)
{
  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

static void
completion_learn (HonePeer       *self,
                  const HoneJson *value)
{
  CompletionState *state = self->state;
  const char *prompt = hone_json_get_string (hone_json_get (value, "prompt"));
  const char *completion = hone_json_get_string (hone_json_get (value, "completion"));

  if (prompt != NULL)
    _hone_learner_add (&state->prompts, prompt, NULL);
  if (completion != NULL && completion[strspn (completion, " \t\r\n")] != '\0')
    _hone_learner_add (&state->completions, completion, NULL);
}

/* The common end, cut forward to its first character that is no letter: labels that all end in S would lose it. */
static void
settle_end (HoneChatLearner *learner)
{
  const char *at;

  if (learner->n == 0)
    return;

  g_string_truncate (learner->prefix, 0);
  if (learner->n < 2 || learner->suffix->len >= learner->shortest)
    g_string_truncate (learner->suffix, 0);
  for (at = learner->suffix->str; *at != '\0' && g_unichar_isalpha (g_utf8_get_char (at));)
    at = g_utf8_next_char (at);
  g_string_erase (learner->suffix, 0, at - learner->suffix->str);
}

static gboolean
completion_settle (HonePeer  *self,
                   GError   **error)
{
  CompletionState *state = self->state;

  settle_end (&state->prompts);
  settle_end (&state->completions);
  self->reader->template = _hone_learner_template (&state->prompts, self->reader,
                                                   state->completions.n > 0 ? state->completions.suffix->str : NULL);

  return TRUE;
}

static gboolean
completion_map (HonePeer       *self,
                const HoneJson *value,
                HoneRecord     *record)
{
  static const char * const known[] = { "prompt", "completion", NULL };
  CompletionState *state = self->state;
  const char *prompt = hone_json_get_string (hone_json_get (value, "prompt"));
  const char *completion = hone_json_get_string (hone_json_get (value, "completion"));
  g_autofree char *answer = NULL;
  char **words;
  GString *meta = NULL;

  if (prompt == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "prompt", _("The record has no text"));

  record->text = _hone_learner_strip (&state->prompts, prompt);
  if (self->n_files > 1 || !self->reader->source->named)
    record->split = _hone_map_split_from_name (_hone_source_base_name (self->reader->source));

  answer = completion != NULL ? _hone_learner_strip (&state->completions, completion) : NULL;
  words = _hone_map_answer (answer);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else
    hone_record_warn (record, HONE_WARNING_NO_ANSWER, "completion", _("The prompt has no completion"));
  hone_meta_add_others (&meta, value, known);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static const HonePeerOps openai_completion_ops = {
  .state_size = sizeof (CompletionState),
  .shape = completion_shape,
  .learn = completion_learn,
  .settle = completion_settle,
  .map = completion_map,
  .clear = completion_clear,
};

static guint
openai_completion_sniff (const HoneSniff *sniff)
{
  static const char * const names[] = { "prompt", "completion", NULL };

  return hone_sniff_share_with (sniff, names) > 0.5 ? 85 : 0;
}

HONE_PEER_CLASS (openai_completion, HONE_FORMAT_OPENAI_COMPLETION);
