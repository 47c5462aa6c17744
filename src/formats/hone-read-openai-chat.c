/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenAI chat lines for supervised fine-tuning: {"messages":[system, user, assistant]}. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-chat.h"
#include "hone-peer.h"

/* From this many lines on, what all of them begin and end with is the template. */
#define LEAST_FOR_TEMPLATE 10

static void
chat_clear (gpointer data)
{
  _hone_learner_clear (data);
}

static HonePeerShape
chat_shape (HonePeer         *self,
            const HoneSource *source,
            int              *rank)
{
  if (strcmp (_hone_source_base_name (source), "dataset_info.json") == 0)
    return HONE_PEER_SKIP;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

static void
chat_learn (HonePeer       *self,
            const HoneJson *value)
{
  g_auto(HoneChat) chat = { NULL };
  const char *why;

  if (_hone_chat_read (&chat, hone_json_get (value, "messages"), &_hone_chat_openai, &why))
    _hone_learner_add (self->state, chat.user, chat.system);
}

static gboolean
chat_settle (HonePeer  *self,
             GError   **error)
{
  _hone_learner_settle (self->state, LEAST_FOR_TEMPLATE);
  self->reader->template = _hone_learner_template (self->state, self->reader, NULL);

  return TRUE;
}

static gboolean
chat_map (HonePeer       *self,
          const HoneJson *value,
          HoneRecord     *record)
{
  static const char * const known[] = { "messages", NULL };
  HoneChatLearner *learner = self->state;
  g_auto(HoneChat) chat = { NULL };
  char **words;
  const char *why;
  GString *meta = NULL;

  if (hone_json_get_size (hone_json_get (value, "tools")) > 0 || hone_json_get_size (hone_json_get (value, "functions")) > 0)
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "tools", _("The conversation uses tools"));
  if (!_hone_chat_read (&chat, hone_json_get (value, "messages"), &_hone_chat_openai, &why))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "messages", why);

  record->text = _hone_learner_strip (learner, chat.user);
  if (self->n_files > 1 || !self->reader->source->named)
    record->split = _hone_map_split_from_name (_hone_source_base_name (self->reader->source));

  words = _hone_map_answer (chat.assistant);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else
    hone_record_warn (record, HONE_WARNING_NO_ANSWER, "messages", _("The conversation has no answer"));

  hone_meta_add_others (&meta, value, known);
  if (learner->systems_differ)
    hone_meta_add_text (&meta, "system", chat.system);
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static const HonePeerOps openai_chat_ops = {
  .state_size = sizeof (HoneChatLearner),
  .shape = chat_shape,
  .learn = chat_learn,
  .settle = chat_settle,
  .map = chat_map,
  .clear = chat_clear,
};

static gboolean
has_messages (const HoneJson *value)
{
  return _hone_json_is (value, "messages", HONE_JSON_ARRAY);
}

static guint
openai_chat_sniff (const HoneSniff *sniff)
{
  return _hone_sniff_share (sniff, has_messages) > 0.5 ? 85 : 0;
}

HONE_PEER_CLASS (openai_chat, HONE_FORMAT_OPENAI_CHAT);
