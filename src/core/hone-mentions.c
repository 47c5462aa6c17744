/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A trie over tokens. The cost of a search is the length of the answer times the number of tokens of the
 * longest word, whatever the number of categories; rubbish stops at its first token. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hone-mentions-private.h"

/* A stretch of letters and digits, or one other character. Word borders are where tokens meet. */
typedef struct {
  const char *text;
  gsize       length;
  gboolean    glued;    /* no blank before it */
} Token;

/* From a node by a token to another node; in the table as key and value at once. */
typedef struct {
  guint    node;
  guint    word;
  gboolean glued;
  guint    child;
} Edge;

struct _HoneMentions {
  GHashTable *words;      /* Token → its number, from 1 */
  GHashTable *edges;      /* set of Edge */
  GArray     *ids;        /* guint of each node; 0: no category ends here */
};

static guint
token_hash (gconstpointer key)
{
  const Token *token = key;
  guint hash = 5381;

  for (gsize i = 0; i < token->length; i++)
    hash = hash * 33 ^ (guchar) token->text[i];
  return hash;
}

static gboolean
token_equal (gconstpointer a,
             gconstpointer b)
{
  const Token *left = a;
  const Token *right = b;

  return left->length == right->length && memcmp (left->text, right->text, left->length) == 0;
}

static guint
edge_hash (gconstpointer key)
{
  const Edge *edge = key;
  guint64 hash = (((guint64) edge->node << 32) | edge->word) * 0x9e3779b97f4a7c15u;

  return (guint) (hash >> 32) ^ (guint) edge->glued;
}

static gboolean
edge_equal (gconstpointer a,
            gconstpointer b)
{
  const Edge *left = a;
  const Edge *right = b;

  return left->node == right->node && left->word == right->word && left->glued == right->glued;
}

static void
token_free (gpointer data)
{
  Token *token = data;

  g_free ((char *) token->text);
  g_free (token);
}

/* Scripts that write no blanks between words: there each character stands for itself. */
static gboolean
stands_alone (gunichar c)
{
  if (c < 0x0e00)
    return FALSE;

  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;

    default:
      return FALSE;
    }
}

static gboolean
is_inside_word (gunichar c)
{
  if (c < 0x80)
    return g_ascii_isalnum (c);

  return (g_unichar_isalnum (c) || g_unichar_ismark (c)) && !stands_alone (c);
}

/* The token at *@text, which is moved behind it. Returns FALSE at the end. */
static gboolean
next_token (const char **text,
            Token       *token)
{
  const char *p = *text;

  token->glued = *p != ' ';
  while (*p == ' ')
    p++;
  if (*p == '\0')
    return FALSE;

  token->text = p;
  if (is_inside_word (g_utf8_get_char (p)))
    {
      while (*p != '\0' && is_inside_word (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
    }
  else
    p = g_utf8_next_char (p);

  token->length = p - token->text;
  *text = p;
  return TRUE;
}

/**
 * _hone_mentions_new:
 *
 * Returns: (transfer full): an empty trie
 */
HoneMentions *
_hone_mentions_new (void)
{
  HoneMentions *self = g_new0 (HoneMentions, 1);

  self->words = g_hash_table_new_full (token_hash, token_equal, token_free, NULL);
  self->edges = g_hash_table_new_full (edge_hash, edge_equal, g_free, NULL);
  self->ids = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (self->ids, 1);      /* the root */

  return self;
}

/**
 * _hone_mentions_free:
 * @self: (transfer full): a trie
 */
void
_hone_mentions_free (HoneMentions *self)
{
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->edges);
  g_array_unref (self->ids);
  g_free (self);
}

static guint
intern (HoneMentions *self,
        const Token  *token)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (self->words, token));
  Token *key;

  if (number != 0)
    return number;

  key = g_new (Token, 1);
  *key = *token;
  key->text = g_strndup (token->text, token->length);
  number = g_hash_table_size (self->words) + 1;
  g_hash_table_insert (self->words, key, GUINT_TO_POINTER (number));

  return number;
}

static guint
step (HoneMentions *self,
      guint         node,
      guint         word,
      gboolean      glued)
{
  Edge wanted = { node, word, glued, 0 };
  const Edge *edge = g_hash_table_lookup (self->edges, &wanted);

  return edge != NULL ? edge->child : 0;
}

/* The node of a word; made where @create, else 0 if it is not there. */
static guint
find_node (HoneMentions *self,
           const char   *word,
           gboolean      create)
{
  guint node = 0;
  gboolean first = TRUE;
  Token token;

  while (next_token (&word, &token))
    {
      guint number = create ? intern (self, &token) : GPOINTER_TO_UINT (g_hash_table_lookup (self->words, &token));
      gboolean glued = first || token.glued;
      guint child = number != 0 ? step (self, node, number, glued) : 0;

      if (child == 0)
        {
          Edge *edge;

          if (!create)
            return 0;
          child = self->ids->len;
          g_array_set_size (self->ids, child + 1);
          edge = g_new (Edge, 1);
          *edge = (Edge) { node, number, glued, child };
          g_hash_table_add (self->edges, edge);
        }
      node = child;
      first = FALSE;
    }

  return node;
}

/**
 * _hone_mentions_add:
 * @self: a trie
 * @word: a folded word
 * @id: of its category, not 0
 */
void
_hone_mentions_add (HoneMentions *self,
                    const char   *word,
                    guint         id)
{
  guint node = find_node (self, word, TRUE);

  if (node != 0)
    g_array_index (self->ids, guint, node) = id;
}

/**
 * _hone_mentions_remove:
 * @self: a trie
 * @word: a folded word
 */
void
_hone_mentions_remove (HoneMentions *self,
                       const char   *word)
{
  guint node = find_node (self, word, FALSE);

  if (node != 0)
    g_array_index (self->ids, guint, node) = 0;
}

typedef struct {
  guint    word;        /* 0: in no category */
  gboolean glued;
  gsize    end;         /* byte behind it */
  gsize    start;
} Step;

static GArray *
tokenize (HoneMentions *self,
          const char   *answer)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Step));
  const char *p = answer;
  Token token;

  while (next_token (&p, &token))
    {
      Step s = { GPOINTER_TO_UINT (g_hash_table_lookup (self->words, &token)), token.glued, p - answer, token.text - answer };

      g_array_append_val (steps, s);
    }

  return steps;
}

static GArray *
find_all (HoneMentions *self,
          GArray       *steps)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (HoneMention));

  for (guint start = 0; start < steps->len; start++)
    {
      const Step *first = &g_array_index (steps, Step, start);
      guint node = 0;

      for (guint i = start; i < steps->len; i++)
        {
          const Step *s = &g_array_index (steps, Step, i);
          guint id;

          node = s->word != 0 ? step (self, node, s->word, i == start || s->glued) : 0;
          if (node == 0)
            break;
          id = g_array_index (self->ids, guint, node);
          if (id != 0)
            {
              HoneMention mention = { start, i + 1, first->start, s->end - first->start, id };

              g_array_append_val (found, mention);
            }
        }
    }

  return found;
}

static int
compare_longer_first (gconstpointer a,
                      gconstpointer b)
{
  const HoneMention *left = a;
  const HoneMention *right = b;

  if (left->length != right->length)
    return left->length > right->length ? -1 : 1;
  return (left->start > right->start) - (left->start < right->start);
}

static int
compare_start (gconstpointer a,
               gconstpointer b)
{
  const HoneMention *left = a;
  const HoneMention *right = b;

  return (left->start > right->start) - (left->start < right->start);
}

static gboolean
is_taken (const guchar      *taken,
          const HoneMention *mention)
{
  return memchr (taken + mention->start, 1, mention->end - mention->start) != NULL;
}

/* Of mentions with the longer first, keeps those of which no longer one has a token. Two of one length that overlap both stay: which
 * stands first says nothing about what was meant. */
static void
keep_longest (GArray *found,
              guchar *taken)
{
  guint kept = 0;

  for (guint i = 0, end; i < found->len; i = end)
    {
      gsize length = g_array_index (found, HoneMention, i).length;
      guint first = kept;

      for (end = i; end < found->len && g_array_index (found, HoneMention, end).length == length; end++)
        {
          HoneMention mention = g_array_index (found, HoneMention, end);

          if (!is_taken (taken, &mention))
            g_array_index (found, HoneMention, kept++) = mention;
        }
      for (guint k = first; k < kept; k++)
        {
          const HoneMention *mention = &g_array_index (found, HoneMention, k);

          memset (taken + mention->start, 1, mention->end - mention->start);
        }
    }
  g_array_set_size (found, kept);
}

/**
 * _hone_mentions_find:
 * @self: a trie
 * @answer: a folded answer
 *
 * Returns: (transfer full) (element-type HoneMention): the mentions in order of the answer, none overlapping a longer one
 */
GArray *
_hone_mentions_find (HoneMentions *self,
                     const char   *answer)
{
  g_autoptr(GArray) steps = tokenize (self, answer);
  g_autofree guchar *taken = g_malloc0 (steps->len + 1);
  GArray *found = find_all (self, steps);

  g_array_sort (found, compare_longer_first);
  keep_longest (found, taken);
  g_array_sort (found, compare_start);

  return found;
}
