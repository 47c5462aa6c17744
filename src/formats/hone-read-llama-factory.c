/* SPDX-License-Identifier: GPL-3.0-or-later */
/* LLaMA-Factory: alpaca, sharegpt and OpenAI style data, described by the dataset_info.json beside it. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-chat.h"
#include "hone-peer.h"

#define MAX_INFO (16 * 1024 * 1024)
#define LEAST_FOR_TEMPLATE 10

/* What the alpaca records of one file have in common. */
typedef struct {
  char     *instruction;      /* the first one */
  gboolean  differ;           /* there are others */
  gboolean  without_input;    /* or some have no input */
} AlpacaFile;

typedef struct {
  HoneJson        *info;             /* (nullable) */
  HoneChatLearner  chat;
  GHashTable      *alpaca;           /* HoneSource -> AlpacaFile */
} LlamaState;

static void
alpaca_file_free (gpointer data)
{
  AlpacaFile *file = data;

  g_free (file->instruction);
  g_free (file);
}

static void
llama_clear (gpointer data)
{
  LlamaState *state = data;

  hone_json_free (state->info);
  _hone_learner_clear (&state->chat);
  g_clear_pointer (&state->alpaca, g_hash_table_unref);
}

/* ---- dataset_info.json ---- */

static gboolean
is_info (const HoneSource *source)
{
  return strcmp (_hone_source_base_name (source), "dataset_info.json") == 0;
}

/* Among the files of the import, or beside the one that was named. */
static HoneJson *
load_info (HoneReader *reader)
{
  const HoneSource *source = hone_sources_by_name (reader->all_sources, "/dataset_info.json");
  const HoneSource *first = g_ptr_array_index (reader->all_sources, 0);
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GPtrArray) found = NULL;
  const char *paths[2] = { NULL };

  if (source != NULL)
    return hone_source_load_json (source, MAX_INFO, NULL);
  if (first->archive != NULL || !first->named)
    return NULL;

  folder = g_path_get_dirname (first->path);
  path = g_build_filename (folder, "dataset_info.json", NULL);
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return NULL;
  paths[0] = path;
  found = hone_sources_find (paths, NULL);

  return found != NULL && found->len == 1 ? hone_source_load_json (g_ptr_array_index (found, 0), MAX_INFO, NULL) : NULL;
}

/* The entry that names the file by its whole path, else by its last part. */
static const HoneJson *
find_entry (const HoneJson   *info,
            const HoneSource *source)
{
  const HoneJson *found = NULL;

  for (gsize i = 0; i < hone_json_get_size (info); i++)
    {
      const HoneJson *entry = hone_json_get_nth (info, i);
      const char *file = hone_json_get_string (hone_json_get (entry, "file_name"));
      g_autofree char *ending = file != NULL ? g_strconcat ("/", file, NULL) : NULL;

      if (file == NULL)
        continue;
      if (strcmp (file, source->name) == 0 || g_str_has_suffix (source->name, ending))
        return entry;
      if (found == NULL && source->named && g_str_has_suffix (file, source->name))
        found = entry;
    }

  return found;
}

static HonePeerShape
llama_shape (HonePeer         *self,
             const HoneSource *source,
             int              *rank)
{
  LlamaState *state = self->state;

  if (state->info == NULL)
    state->info = load_info (self->reader);
  if (is_info (source))
    return HONE_PEER_SKIP;
  /* The list of data sets, where there is one, says what belongs to them; what Hone could not put into one lies beside it. */
  if (!source->named && state->info != NULL && find_entry (state->info, source) == NULL
      && !g_str_has_prefix (_hone_source_base_name (source), "unlabelled"))
    return HONE_PEER_SKIP;
  if (_hone_source_is_table (source))
    return HONE_PEER_ROWS;

  return _hone_source_is_json (source) ? HONE_PEER_VALUES : HONE_PEER_SKIP;
}

/* The name of a column or tag in this file. */
static const char *
named (const HoneJson *entry,
       const char     *group,
       const char     *name,
       const char     *otherwise)
{
  const char *found = hone_json_get_string (hone_json_get (hone_json_get (entry, group), name));

  return found != NULL ? found : otherwise;
}

/* ---- conversations ---- */

typedef struct {
  const HoneJson *messages;      /* (nullable): alpaca */
  const char     *system;        /* (nullable): beside the messages */
  gboolean        tools;
  HoneChatTags    tags;
} Conversation;

static gboolean
is_openai (const HoneJson *messages)
{
  return hone_json_get (hone_json_get_nth (messages, 0), "role") != NULL;
}

static void
find_conversation (HonePeer       *self,
                   const HoneJson *value,
                   Conversation   *conversation)
{
  LlamaState *state = self->state;
  const HoneJson *entry = find_entry (state->info, self->reader->source);
  const char *column = named (entry, "columns", "messages", NULL);
  const HoneJson *messages = column != NULL ? hone_json_get (value, column) : NULL;
  const HoneChatTags *tags;

  memset (conversation, 0, sizeof *conversation);
  if (messages == NULL)
    messages = hone_json_get (value, "conversations");
  if (messages == NULL)
    messages = hone_json_get (value, "messages");
  if (messages == NULL)
    return;

  tags = is_openai (messages) ? &_hone_chat_openai : &_hone_chat_sharegpt;
  conversation->messages = messages;
  conversation->system = hone_json_get_string (hone_json_get (value, named (entry, "columns", "system", "system")));
  conversation->tools = hone_json_get_string (hone_json_get (value, named (entry, "columns", "tools", "tools"))) != NULL
                        && *hone_json_get_string (hone_json_get (value, named (entry, "columns", "tools", "tools"))) != '\0';
  conversation->tags.role = named (entry, "tags", "role_tag", tags->role);
  conversation->tags.content = named (entry, "tags", "content_tag", tags->content);
  conversation->tags.user = named (entry, "tags", "user_tag", tags->user);
  conversation->tags.assistant = named (entry, "tags", "assistant_tag", tags->assistant);
  conversation->tags.system = named (entry, "tags", "system_tag", tags->system);
}

static gboolean
map_conversation (HonePeer           *self,
                  const Conversation *conversation,
                  HoneRecord         *record)
{
  LlamaState *state = self->state;
  g_auto(HoneChat) chat = { NULL };
  const char *why;
  char **words;

  if (conversation->tools)
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "tools", _("The conversation uses tools"));
  if (!_hone_chat_read (&chat, conversation->messages, &conversation->tags, &why))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "messages", why);

  record->text = _hone_learner_strip (&state->chat, chat.user);
  words = _hone_map_answer (chat.assistant);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else
    hone_record_warn (record, HONE_WARNING_NO_ANSWER, "messages", _("The conversation has no answer"));

  return TRUE;
}

/* ---- alpaca ---- */

typedef struct {
  const char *instruction, *input, *output, *system;   /* (nullable) */
  gboolean    turns;
} Alpaca;

static void
read_alpaca (HonePeer       *self,
             const HoneJson *value,
             Alpaca         *alpaca)
{
  LlamaState *state = self->state;
  const HoneJson *entry = find_entry (state->info, self->reader->source);

  alpaca->instruction = hone_json_get_string (hone_json_get (value, named (entry, "columns", "prompt", "instruction")));
  alpaca->input = hone_json_get_string (hone_json_get (value, named (entry, "columns", "query", "input")));
  alpaca->output = hone_json_get_string (hone_json_get (value, named (entry, "columns", "response", "output")));
  alpaca->system = hone_json_get_string (hone_json_get (value, named (entry, "columns", "system", "system")));
  alpaca->turns = hone_json_get_size (hone_json_get (value, named (entry, "columns", "history", "history"))) > 0;
}

/* Equal instructions: what differs is the text. */
static gboolean
texts_in_input (const AlpacaFile *file)
{
  return file != NULL && !file->differ && !file->without_input;
}

static gboolean
map_alpaca (HonePeer       *self,
            const HoneJson *value,
            HoneRecord     *record)
{
  LlamaState *state = self->state;
  const AlpacaFile *file = state->alpaca != NULL ? g_hash_table_lookup (state->alpaca, self->reader->source) : NULL;
  gboolean in_input = texts_in_input (file);
  Alpaca alpaca;
  char **words;
  GString *meta = NULL;

  read_alpaca (self, value, &alpaca);
  if (alpaca.instruction == NULL)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, "instruction", _("The record has no text"));
  if (alpaca.turns)
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "history", _("The conversation has more than one question or answer"));

  record->text = g_strdup (in_input ? alpaca.input : alpaca.instruction);
  if (!in_input && alpaca.input != NULL && *alpaca.input != '\0')
    hone_meta_add_text (&meta, "input", alpaca.input);
  words = _hone_map_answer (alpaca.output);
  if (words != NULL)
    hone_record_add_label (record)->words = words;
  else
    hone_record_warn (record, HONE_WARNING_NO_ANSWER, "output", _("The instruction has no answer"));
  record->meta = hone_meta_finish (&meta);

  return TRUE;
}

static void
learn_alpaca (HonePeer       *self,
              const HoneJson *value)
{
  LlamaState *state = self->state;
  AlpacaFile *file;
  Alpaca alpaca;

  read_alpaca (self, value, &alpaca);
  if (alpaca.instruction == NULL)
    return;

  if (state->alpaca == NULL)
    state->alpaca = g_hash_table_new_full (NULL, NULL, NULL, alpaca_file_free);
  file = g_hash_table_lookup (state->alpaca, self->reader->source);
  if (file == NULL)
    {
      file = g_new0 (AlpacaFile, 1);
      file->instruction = g_strdup (alpaca.instruction);
      g_hash_table_insert (state->alpaca, (gpointer) self->reader->source, file);
    }
  if (strcmp (file->instruction, alpaca.instruction) != 0)
    file->differ = TRUE;
  if (alpaca.input == NULL || *alpaca.input == '\0')
    file->without_input = TRUE;
  if (alpaca.system != NULL)
    _hone_learner_add (&state->chat, alpaca.input != NULL ? alpaca.input : "", alpaca.system);
}

/* ---- class ---- */

static void
llama_learn (HonePeer       *self,
             const HoneJson *value)
{
  LlamaState *state = self->state;
  Conversation conversation;
  g_auto(HoneChat) chat = { NULL };
  const char *why;

  find_conversation (self, value, &conversation);
  if (conversation.messages == NULL)
    learn_alpaca (self, value);
  else if (_hone_chat_read (&chat, conversation.messages, &conversation.tags, &why))
    _hone_learner_add (&state->chat, chat.user, chat.system != NULL ? chat.system : conversation.system);
}

/* Of all files, where their texts stand in the input; NULL: they have no common one. */
static const char *
common_instruction (GHashTable *files)
{
  const char *instruction = NULL;
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, files);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const AlpacaFile *file = value;

      if (!texts_in_input (file) || (instruction != NULL && strcmp (instruction, file->instruction) != 0))
        return NULL;
      instruction = file->instruction;
    }

  return instruction;
}

static gboolean
llama_settle (HonePeer  *self,
              GError   **error)
{
  LlamaState *state = self->state;
  const char *instruction;

  if (state->alpaca == NULL)
    {
      _hone_learner_settle (&state->chat, LEAST_FOR_TEMPLATE);
      self->reader->template = _hone_learner_template (&state->chat, self->reader, NULL);
      return TRUE;
    }

  instruction = common_instruction (state->alpaca);
  if (instruction != NULL)
    {
      /* The model sees the instruction, a new line and the input. */
      g_autofree char *prefix = g_strconcat (instruction, "\n", NULL);

      self->reader->template = hone_template_new (state->chat.system, prefix, NULL, NULL, FALSE);
      hone_reader_describe (self->reader, _("texts in “input”, since all have one instruction"));
    }

  return TRUE;
}

/* Pictures, films and sounds that a record speaks of. */
static gboolean
has_media (HonePeer       *self,
           const HoneJson *value)
{
  static const char * const names[] = { "images", "videos", "audios" };
  const HoneJson *entry = find_entry (((LlamaState *) self->state)->info, self->reader->source);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const HoneJson *media = hone_json_get (value, named (entry, "columns", names[i], names[i]));

      if (hone_json_get_size (media) > 0 || hone_json_get_string (media) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
llama_map (HonePeer       *self,
           const HoneJson *value,
           HoneRecord     *record)
{
  Conversation conversation;

  if (hone_json_get_type_of (value) != HONE_JSON_OBJECT)
    return _hone_map_refuse (record, HONE_WARNING_MALFORMED, NULL, _("Not a record"));
  if (has_media (self, value))
    return _hone_map_refuse (record, HONE_WARNING_NOT_CLASSIFICATION, "images", _("The conversation holds something else than text"));

  if (self->n_files > 1 || !self->reader->source->named)
    record->split = _hone_map_split_from_name (_hone_source_base_name (self->reader->source));
  find_conversation (self, value, &conversation);
  if (conversation.messages != NULL)
    return map_conversation (self, &conversation, record);

  return map_alpaca (self, value, record);
}

static const HonePeerOps llama_factory_ops = {
  .state_size = sizeof (LlamaState),
  .shape = llama_shape,
  .learn = llama_learn,
  .settle = llama_settle,
  .map = llama_map,
  .clear = llama_clear,
};

static gboolean
is_alpaca (const HoneJson *value)
{
  return hone_json_get (value, "instruction") != NULL && hone_json_get (value, "output") != NULL;
}

static gboolean
is_sharegpt (const HoneJson *value)
{
  const HoneJson *first = hone_json_get_nth (hone_json_get (value, "conversations"), 0);

  return hone_json_get (first, "from") != NULL && hone_json_get (first, "value") != NULL;
}

/* Names of data sets, each with the file or the place it stands at. */
static gboolean
lists_data_sets (const HoneJson *info)
{
  static const char * const places[] = { "file_name", "hf_hub_url", "ms_hub_url", "script_url" };

  for (gsize i = 0; i < hone_json_get_size (info); i++)
    {
      for (gsize j = 0; j < G_N_ELEMENTS (places); j++)
        {
          if (hone_json_get_string (hone_json_get (hone_json_get_nth (info, i), places[j])) != NULL)
            return TRUE;
        }
    }

  return FALSE;
}

static guint
llama_factory_sniff (const HoneSniff *sniff)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (is_info (head->source) && head->values->len > 0 && lists_data_sets (g_ptr_array_index (head->values, 0)))
        return 88;
    }

  return _hone_sniff_share (sniff, is_alpaca) > 0.5 || _hone_sniff_share (sniff, is_sharegpt) > 0.5 ? 85 : 0;
}

HONE_PEER_CLASS (llama_factory, HONE_FORMAT_LLAMA_FACTORY);
