/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the form "__label__A __label__B text", of fastText itself and as doccano writes them. */
#include "config.h"

#include <string.h>

#include "hone-fasttext.h"

#define PREFIX_LENGTH (sizeof HONE_FASTTEXT_PREFIX - 1)
#define COMMENT_LENGTH (sizeof HONE_FASTTEXT_COMMENT - 1)
#define MAX_NAME 1000

static gboolean
is_end (char c)
{
  return c == '\0' || c == ' ' || c == '\t';
}

static gsize
match_name (const char *rest,
            const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  return length > 0 && strncmp (rest, name, length) == 0 && is_end (rest[length]) ? length : 0;
}

/* Bytes of the label at @rest: the longest name, alias or key of the ontology, else up to the first blank. */
static gsize
label_length (const char         *rest,
              const HoneOntology *ontology)
{
  gsize longest = strcspn (rest, " \t");

  for (gsize i = 0; ontology != NULL && i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      longest = MAX (longest, match_name (rest, category->name));
      for (gsize j = 0; category->aliases != NULL && category->aliases[j] != NULL; j++)
        longest = MAX (longest, match_name (rest, category->aliases[j]));
    }

  return longest;
}

static char *
take_comment (char *text)
{
  char *found = strstr (text, HONE_FASTTEXT_COMMENT);
  char *comment;

  if (found == NULL || (found > text && found[-1] != ' '))
    return NULL;

  comment = g_strdup (found + COMMENT_LENGTH);
  *found = '\0';

  return comment;
}

char *
_hone_fasttext_split (const char          *line,
                      const HoneOntology  *ontology,
                      gboolean             doccano,
                      char              ***words,
                      char               **comment)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  const char *rest = line;
  char *text;

  while (g_str_has_prefix (rest, HONE_FASTTEXT_PREFIX) && labels->len < MAX_NAME)
    {
      gsize length = label_length (rest + PREFIX_LENGTH, ontology);

      if (length > 0)
        g_ptr_array_add (labels, g_strndup (rest + PREFIX_LENGTH, length));
      rest += PREFIX_LENGTH + length;
      if (*rest != '\0')
        rest++;
    }

  /* Labels, text and comments are joined by blanks, even where a part is empty. */
  if (doccano && labels->len == 0 && *rest == ' ')
    rest++;
  text = g_strdup (rest);
  if (doccano)
    {
      char *found = take_comment (text);
      gsize length = strlen (text);

      if (length > 0 && text[length - 1] == ' ')
        text[length - 1] = '\0';
      if (comment != NULL)
        *comment = found;
      else
        g_free (found);
    }

  *words = NULL;
  if (labels->len > 0)
    {
      g_ptr_array_add (labels, NULL);
      *words = (char **) g_ptr_array_steal (labels, NULL);
    }

  return text;
}

/* ---- for sniff () ---- */

static gboolean
any_line (const HoneSniff  *sniff,
          gboolean        (*test) (const char *line,
                                   gsize       length))
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);
      const char *line = head->text;

      while (*line != '\0')
        {
          gsize length = strcspn (line, "\r\n");

          if (length > 0 && test (line, length))
            return TRUE;
          line += length;
          line += strspn (line, "\r\n");
        }
    }

  return FALSE;
}

static gboolean
begins_with_label (const char *line,
                   gsize       length)
{
  if (*line == '"')
    line++;

  return strncmp (line, HONE_FASTTEXT_PREFIX, PREFIX_LENGTH) == 0;
}

/* Plain fastText has no quotes, no comments and, but by accident, no blank behind the text. */
static gboolean
is_plain (const char *line,
          gsize       length)
{
  if (!begins_with_label (line, length))
    return FALSE;

  return *line != '"' && line[length - 1] != ' ' && g_strstr_len (line, length, " " HONE_FASTTEXT_COMMENT) == NULL;
}

gboolean
_hone_fasttext_is_one (const HoneSniff *sniff)
{
  return any_line (sniff, begins_with_label);
}

gboolean
_hone_fasttext_is_doccano (const HoneSniff *sniff)
{
  return any_line (sniff, begins_with_label) && !any_line (sniff, is_plain);
}
