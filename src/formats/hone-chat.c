/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations of one question and one answer, as chat formats hold them, and what all of a file have in common. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-chat.h"

const HoneChatTags _hone_chat_openai = { "role", "content", "system", "user", "assistant" };
const HoneChatTags _hone_chat_sharegpt = { "from", "value", "system", "human", "gpt" };

void
_hone_chat_clear (HoneChat *self)
{
  g_clear_pointer (&self->system, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->assistant, g_free);
}

char *
_hone_chat_content (const HoneJson *content)
{
  g_autoptr(GString) text = NULL;

  if (hone_json_get_type_of (content) == HONE_JSON_STRING)
    return g_strdup (hone_json_get_string (content));
  if (hone_json_get_type_of (content) != HONE_JSON_ARRAY)
    return NULL;

  text = g_string_new (NULL);
  for (gsize i = 0; i < hone_json_get_size (content); i++)
    {
      const HoneJson *part = hone_json_get_nth (content, i);
      const char *string = hone_json_get_string (hone_json_get (part, "text"));

      if (string == NULL)
        return NULL;
      g_string_append (text, string);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

typedef enum {
  ROLE_SYSTEM,
  ROLE_USER,
  ROLE_ASSISTANT,
  ROLE_OTHER,
} Role;

static Role
role_of (const HoneJson     *message,
         const HoneChatTags *tags)
{
  const char *role = hone_json_get_string (hone_json_get (message, tags->role));

  if (g_strcmp0 (role, tags->system) == 0 || g_strcmp0 (role, "system") == 0 || g_strcmp0 (role, "developer") == 0)
    return ROLE_SYSTEM;
  if (g_strcmp0 (role, tags->user) == 0 || g_strcmp0 (role, "user") == 0)
    return ROLE_USER;
  if (g_strcmp0 (role, tags->assistant) == 0 || g_strcmp0 (role, "assistant") == 0)
    return ROLE_ASSISTANT;

  return ROLE_OTHER;
}

/* FALSE: no classification. */
static gboolean
read_message (HoneChat           *self,
              const HoneJson     *message,
              const HoneChatTags *tags,
              const char        **why)
{
  Role role = role_of (message, tags);
  const HoneJson *content = hone_json_get (message, tags->content);
  g_autofree char *text = _hone_chat_content (content);
  char **place;

  *why = _("The conversation has more than one question or answer");
  switch (role)
    {
    case ROLE_SYSTEM:
      place = &self->system;
      break;
    case ROLE_USER:
      place = &self->user;
      break;
    case ROLE_ASSISTANT:
      if (hone_json_get_size (hone_json_get (message, "tool_calls")) > 0 || hone_json_get_size (hone_json_get (message, "function_call")) > 0)
        {
          *why = _("The conversation uses tools");
          return FALSE;
        }
      place = &self->assistant;
      break;
    case ROLE_OTHER:
    default:
      *why = _("The conversation has a role that no classification has");
      return FALSE;
    }

  if (*place != NULL)
    return FALSE;
  if (text == NULL && role == ROLE_ASSISTANT && hone_json_get_type_of (content) == HONE_JSON_NULL)
    text = g_strdup ("");
  if (text == NULL)
    {
      *why = _("The conversation holds something else than text");
      return FALSE;
    }
  *place = g_steal_pointer (&text);

  return TRUE;
}

gboolean
_hone_chat_read (HoneChat           *self,
                 const HoneJson     *messages,
                 const HoneChatTags *tags,
                 const char        **why)
{
  memset (self, 0, sizeof *self);
  *why = _("The record holds no conversation");
  if (hone_json_get_type_of (messages) != HONE_JSON_ARRAY)
    return FALSE;

  for (gsize i = 0; i < hone_json_get_size (messages); i++)
    {
      const HoneJson *message = hone_json_get_nth (messages, i);

      if (!read_message (self, message, tags, why))
        return FALSE;
      if (self->assistant != NULL && self->user == NULL)
        {
          *why = _("The conversation begins with an answer");
          return FALSE;
        }
      if (i > 0 && role_of (message, tags) == ROLE_SYSTEM)
        {
          *why = _("The conversation has a system message behind its start");
          return FALSE;
        }
    }

  *why = _("The conversation has no question");
  return self->user != NULL;
}

/* ---- what they have in common ---- */

void
_hone_learner_clear (HoneChatLearner *self)
{
  if (self->prefix != NULL)
    g_string_free (self->prefix, TRUE);
  if (self->suffix != NULL)
    g_string_free (self->suffix, TRUE);
  g_free (self->system);
  memset (self, 0, sizeof *self);
}

static gboolean
is_continuation (char c)
{
  return ((guchar) c & 0xc0) == 0x80;
}

static void
keep_common_start (GString    *prefix,
                   const char *text)
{
  gsize n = 0;

  while (n < prefix->len && prefix->str[n] == text[n])
    n++;
  while (n > 0 && (is_continuation (text[n]) || is_continuation (prefix->str[n])))
    n--;
  g_string_truncate (prefix, n);
}

static void
keep_common_end (GString    *suffix,
                 const char *text,
                 gsize       length)
{
  gsize n = 0;

  while (n < suffix->len && n < length && suffix->str[suffix->len - 1 - n] == text[length - 1 - n])
    n++;
  while (n > 0 && is_continuation (suffix->str[suffix->len - n]))
    n--;
  g_string_erase (suffix, 0, suffix->len - n);
}

void
_hone_learner_add (HoneChatLearner *self,
                   const char      *text,
                   const char      *system)
{
  gsize length = strlen (text);

  if (self->n == 0)
    {
      self->prefix = g_string_new (text);
      self->suffix = g_string_new (text);
      self->shortest = length;
    }
  else
    {
      keep_common_start (self->prefix, text);
      keep_common_end (self->suffix, text, length);
      self->shortest = MIN (self->shortest, length);
    }
  self->n++;

  if (system == NULL)
    return;
  if (self->system == NULL && !self->systems_differ)
    self->system = g_strdup (system);
  else if (g_strcmp0 (self->system, system) != 0)
    {
      self->systems_differ = TRUE;
      g_clear_pointer (&self->system, g_free);
    }
}

/* The part of a word that all texts happen to begin or end with is no template. */
static void
cut_at_blanks (HoneChatLearner *self)
{
  gsize n = self->prefix->len;

  while (n > 0 && !g_ascii_isspace (self->prefix->str[n - 1]))
    n--;
  g_string_truncate (self->prefix, n);

  n = 0;
  while (n < self->suffix->len && !g_ascii_isspace (self->suffix->str[n]))
    n++;
  g_string_erase (self->suffix, 0, n);
}

void
_hone_learner_settle (HoneChatLearner *self,
                      guint            least)
{
  if (self->n == 0)
    return;

  cut_at_blanks (self);
  /* Where all texts are nearly one text, what is common is the text itself. */
  if (self->n < least || self->prefix->len + self->suffix->len >= self->shortest)
    {
      g_string_truncate (self->prefix, 0);
      g_string_truncate (self->suffix, 0);
    }
}

char *
_hone_learner_strip (HoneChatLearner *self,
                     const char      *text)
{
  gsize length = strlen (text);

  if (self->n == 0 || length < self->prefix->len + self->suffix->len || !g_str_has_prefix (text, self->prefix->str)
      || !g_str_has_suffix (text, self->suffix->str))
    return g_strdup (text);

  return g_strndup (text + self->prefix->len, length - self->prefix->len - self->suffix->len);
}

HoneTemplate *
_hone_learner_template (HoneChatLearner *self,
                        HoneReader      *reader,
                        const char      *stop)
{
  const char *prefix = self->prefix != NULL ? self->prefix->str : "";
  const char *suffix = self->suffix != NULL ? self->suffix->str : "";
  g_autofree char *shown = NULL;

  if (*prefix != '\0' || *suffix != '\0')
    {
      shown = g_strdup_printf ("%s…%s", prefix, suffix);
      hone_reader_describe (reader, _("texts stand inside “%s”"), g_strdelimit (shown, "\r\n\t", ' '));
    }
  if (*prefix == '\0' && *suffix == '\0' && self->system == NULL && (stop == NULL || *stop == '\0'))
    return NULL;

  return hone_template_new (self->system, prefix, suffix, stop, FALSE);
}
