/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OpenAI batches: the input file gives texts, output and error files give answers, joined by custom_id in any order. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-chat.h"
#include "hone-peer.h"

#define LEAST_FOR_TEMPLATE 10

static void
batch_clear (gpointer data)
{
  _hone_learner_clear (data);
}

static gboolean
is_request (const HoneJson *value)
{
  return hone_json_get (value, "custom_id") != NULL && _hone_json_is (value, "body", HONE_JSON_OBJECT);
}

static gboolean
is_reply (const HoneJson *value)
{
  return hone_json_get (value, "custom_id") != NULL && (hone_json_get (value, "response") != NULL || hone_json_get (value, "error") != NULL);
}

/* Texts must come before their answers, whatever the order of the files. */
static HonePeerShape
batch_shape (HonePeer         *self,
             const HoneSource *source,
             int              *rank)
{
  const HoneSniff *sniff = self->reader->sniff;

  if (!_hone_source_is_json (source))
    return HONE_PEER_SKIP;

  *rank = strstr (_hone_source_base_name (source), "input") != NULL ? 0 : 1;
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (head->source == source && head->values->len > 0)
        *rank = is_request (g_ptr_array_index (head->values, 0)) ? 0 : 1;
    }

  return HONE_PEER_VALUES;
}

/* ---- requests ---- */

/* Chat completions, responses and plain completions spell the question differently. */
static gboolean
read_request (HoneChat       *chat,
              const HoneJson *body,
              const char    **why)
{
  const HoneJson *input = hone_json_get (body, "input");
  const char *question = hone_json_get_string (hone_json_get (body, "prompt"));
  const char *instructions = hone_json_get_string (hone_json_get (body, "instructions"));

  if (question == NULL)
    question = hone_json_get_string (input);
  if (question != NULL)
    {
      chat->user = g_strdup (question);
      chat->system = g_strdup (instructions);
      return TRUE;
    }

  return _hone_chat_read (chat, input != NULL ? input : hone_json_get (body, "messages"), &_hone_chat_openai, why);
}

static void
batch_learn (HonePeer       *self,
             const HoneJson *value)
{
  g_auto(HoneChat) chat = { NULL };
  const char *why;

  if (is_request (value) && read_request (&chat, hone_json_get (value, "body"), &why))
    _hone_learner_add (self->state, chat.user, chat.system);
}

static gboolean
batch_settle (HonePeer  *self,
              GError   **error)
{
  _hone_learner_settle (self->state, LEAST_FOR_TEMPLATE);
  self->reader->template = _hone_learner_template (self->state, self->reader, NULL);

  return TRUE;
}

static gboolean
map_request (HonePeer       *self,
             const HoneJson *value,
             HoneRecord     *record)
{
  g_auto(HoneChat) chat = { NULL };
  const char *why = NULL;

  if (!read_request (&chat, hone_json_get (value, "body"), &why))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "body", why);
  if (chat.assistant != NULL)
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "body", _("The question holds an answer already"));

  record->text = _hone_learner_strip (self->state, chat.user);

  return TRUE;
}

/* ---- replies ---- */

typedef struct {
  char       *content;
  const char *refusal;
  gboolean    truncated;
  gboolean    filtered;
} Reply;

static void
read_choice (Reply          *reply,
             const HoneJson *choice)
{
  const char *finish = hone_json_get_string (hone_json_get (choice, "finish_reason"));
  const HoneJson *message = hone_json_get (choice, "message");

  reply->content = _hone_chat_content (hone_json_get (message, "content"));
  if (reply->content == NULL)
    reply->content = g_strdup (hone_json_get_string (hone_json_get (choice, "text")));
  reply->refusal = hone_json_get_string (hone_json_get (message, "refusal"));
  reply->truncated = g_strcmp0 (finish, "length") == 0;
  reply->filtered = g_strcmp0 (finish, "content_filter") == 0;
}

static void
read_response_object (Reply          *reply,
                      const HoneJson *body)
{
  const HoneJson *output = hone_json_get (body, "output");
  const char *reason = hone_json_get_string (hone_json_get_path (body, "incomplete_details.reason"));
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < hone_json_get_size (output); i++)
    {
      const HoneJson *content = hone_json_get (hone_json_get_nth (output, i), "content");

      for (gsize j = 0; j < hone_json_get_size (content); j++)
        {
          const HoneJson *part = hone_json_get_nth (content, j);
          const char *refusal = hone_json_get_string (hone_json_get (part, "refusal"));
          const char *piece = hone_json_get_string (hone_json_get (part, "text"));

          if (refusal != NULL)
            reply->refusal = refusal;
          if (piece != NULL)
            g_string_append (text, piece);
        }
    }

  reply->content = g_string_free (g_steal_pointer (&text), FALSE);
  reply->filtered = g_strcmp0 (reason, "content_filter") == 0;
  reply->truncated = reason != NULL && !reply->filtered;
}

/* The probability of the answer as it stands: the product over its tokens. */
static double
read_confidence (const HoneJson *choice)
{
  const HoneJson *tokens = hone_json_get_path (choice, "logprobs.content");
  double sum = 0;

  if (hone_json_get_type_of (tokens) != HONE_JSON_ARRAY || hone_json_get_size (tokens) == 0)
    return NAN;

  for (gsize i = 0; i < hone_json_get_size (tokens); i++)
    sum += hone_json_get_number (hone_json_get (hone_json_get_nth (tokens, i), "logprob"));

  return isfinite (sum) && sum <= 0 ? exp (sum) : NAN;
}

static void
map_failure (HoneRecordPrediction *prediction,
             const HoneJson       *value)
{
  const HoneJson *error = hone_json_get (value, "error");
  const HoneJson *inner = hone_json_get_path (value, "response.body.error");
  const char *message;

  if (hone_json_get_type_of (error) != HONE_JSON_OBJECT)
    error = inner;
  message = hone_json_get_string (hone_json_get (error, "code"));
  if (message == NULL)
    message = hone_json_get_string (hone_json_get (error, "message"));
  prediction->judged = TRUE;
  prediction->outcome = HONE_OUTCOME_FAILED;
  prediction->reason = g_strdup (message);
}

static void
judge (HoneRecordPrediction *prediction,
       HoneOutcome           outcome,
       const char           *reason)
{
  prediction->judged = TRUE;
  prediction->outcome = outcome;
  prediction->reason = g_strdup (reason);
}

static void
map_answer (HoneRecordPrediction *prediction,
            const HoneJson       *body)
{
  const HoneJson *choice = hone_json_get_nth (hone_json_get (body, "choices"), 0);
  Reply reply = { NULL };

  if (choice != NULL)
    read_choice (&reply, choice);
  else
    read_response_object (&reply, body);

  prediction->raw = g_strdup (reply.refusal != NULL ? reply.refusal : reply.content);
  prediction->confidence = read_confidence (choice);
  if (reply.refusal != NULL)
    judge (prediction, HONE_OUTCOME_ABSTAINED, "refusal");
  else if (reply.filtered)
    judge (prediction, HONE_OUTCOME_ABSTAINED, "content filter");
  else if (reply.truncated)
    judge (prediction, HONE_OUTCOME_OUT_OF_SET, "truncated");
  else if (reply.content == NULL || *reply.content == '\0')
    judge (prediction, HONE_OUTCOME_OUT_OF_SET, "empty");
  else
    prediction->parse = TRUE;
  /* A confidence belongs to a category; there is none here. */
  if (prediction->judged)
    prediction->confidence = NAN;
  g_free (reply.content);
}

static gboolean
map_reply (HonePeer       *self,
           const HoneJson *value,
           HoneRecord     *record)
{
  const HoneJson *response = hone_json_get (value, "response");
  const HoneJson *body = hone_json_get (response, "body");
  HoneRecordPrediction *prediction = hone_record_add_prediction (record);
  double created = hone_json_get_number (hone_json_get (body, "created"));

  record->must_exist = TRUE;
  prediction->model = hone_json_dup_text (hone_json_get (body, "model"));
  prediction->time = hone_read_time (hone_json_get (body, isfinite (created) ? "created" : "created_at"));
  if (hone_json_get_number (hone_json_get (response, "status_code")) != 200 || hone_json_get_size (hone_json_get (value, "error")) > 0)
    map_failure (prediction, value);
  else
    map_answer (prediction, body);

  return TRUE;
}

static gboolean
batch_map (HonePeer       *self,
           const HoneJson *value,
           HoneRecord     *record)
{
  record->external_id = hone_json_dup_text (hone_json_get (value, "custom_id"));
  if (record->external_id == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "custom_id", _("The line has no custom_id"));
  if (is_request (value))
    return map_request (self, value, record);
  if (!is_reply (value))
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "response", _("The line is neither question nor answer"));

  return map_reply (self, value, record);
}

static const HonePeerOps openai_batch_ops = {
  .state_size = sizeof (HoneChatLearner),
  .shape = batch_shape,
  .learn = batch_learn,
  .settle = batch_settle,
  .map = batch_map,
  .clear = batch_clear,
};

static gboolean
is_batch_line (const HoneJson *value)
{
  return is_request (value) || is_reply (value);
}

static guint
openai_batch_sniff (const HoneSniff *sniff)
{
  return _hone_sniff_share (sniff, is_batch_line) > 0.5 ? 95 : 0;
}

HONE_PEER_CLASS (openai_batch, HONE_FORMAT_OPENAI_BATCH);
