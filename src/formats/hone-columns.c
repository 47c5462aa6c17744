/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column or member is what. */
#include "config.h"

#include <string.h>

#include "hone-columns.h"
#include "hone-json.h"
#include "hone-reader-private.h"

/* Longer cells are texts, not headings. */
#define LONGEST_HEADING 64

static const char * const text_names[] = {
  "text", "content", "sentence", "document", "input", "prompt", "headline", "title", "body", NULL,
};
static const char * const label_names[] = { "label", "labels", "category", "class", "target", "output", "answer", NULL };
static const char * const id_names[] = { "id", "external_id", "externalId", "ext_id", "uid", "guid", "idx", NULL };
static const char * const split_names[] = { "split", "set", "subset", NULL };
static const char * const own_names[][2] = {
  { "author", NULL }, { "time", NULL }, { "skipped", NULL }, { "prediction", NULL }, { "outcome", NULL }, { "confidence", NULL },
  { "model", NULL }, { "meta", NULL },
};

const char * const *
hone_column_names (HoneColumnRole role)
{
  switch (role)
    {
    case HONE_COLUMN_TEXT:
      return text_names;
    case HONE_COLUMN_LABEL:
      return label_names;
    case HONE_COLUMN_ID:
      return id_names;
    case HONE_COLUMN_SPLIT:
      return split_names;
    default:
      return own_names[role - HONE_COLUMN_AUTHOR];
    }
}

static int
find_folded (const char * const *cells,
             const char         *name)
{
  g_autofree char *wanted = NULL;

  for (int i = 0; cells[i] != NULL; i++)
    {
      if (strcmp (cells[i], name) == 0)
        return i;
    }

  wanted = g_utf8_casefold (name, -1);
  for (int i = 0; cells[i] != NULL; i++)
    {
      g_autofree char *cell = g_utf8_casefold (cells[i], -1);

      if (strcmp (cell, wanted) == 0)
        return i;
    }

  return -1;
}

int
hone_column_find (const char * const *cells,
                  HoneColumnRole      role)
{
  const char * const *names = hone_column_names (role);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      int found = find_folded (cells, names[i]);

      if (found >= 0)
        return found;
    }

  return -1;
}

int
hone_column_find_asked (const char * const *cells,
                        const char         *asked)
{
  int found = find_folded (cells, asked);
  guint64 number;

  if (found >= 0)
    return found;
  if (!g_ascii_string_to_unsigned (asked, 10, 1, g_strv_length ((char **) cells), &number, NULL))
    return -1;

  return (int) number - 1;
}

gboolean
hone_column_is_number (const char *cell)
{
  char *end;

  if (*cell == '\0')
    return FALSE;
  g_ascii_strtod (cell, &end);

  return *end == '\0' && end > cell && strpbrk (cell, "0123456789") != NULL;
}

gboolean
hone_column_is_header (const char * const *cells)
{
  gboolean known = FALSE;

  for (gsize i = 0; cells[i] != NULL; i++)
    {
      if (g_utf8_strlen (cells[i], -1) > LONGEST_HEADING || hone_column_is_number (cells[i]))
        return FALSE;
    }
  for (HoneColumnRole role = HONE_COLUMN_TEXT; role <= HONE_COLUMN_SPLIT && !known; role++)
    known = hone_column_find (cells, role) >= 0;

  return known;
}

static char **
split_known (const char         *cell,
             char                separator,
             const HoneOntology *ontology)
{
  char separators[] = { separator, '\0' };
  g_auto(GStrv) parts = NULL;

  if (strchr (cell, separator) == NULL)
    return NULL;

  parts = g_strsplit (cell, separators, -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (hone_ontology_match (ontology, g_strstrip (parts[i])) == NULL)
        return NULL;
    }

  return g_steal_pointer (&parts);
}

char **
hone_column_words (const char         *cell,
                   const HoneOntology *ontology)
{
  g_autofree char *trimmed = NULL;

  if (cell == NULL)
    return NULL;

  trimmed = g_strstrip (g_strdup (cell));
  if (*trimmed == '[')
    {
      g_autoptr(HoneJson) list = hone_json_parse (trimmed, -1, NULL);

      if (list != NULL)
        return hone_read_words (list);
    }
  if (ontology != NULL && strpbrk (trimmed, "#|;") != NULL && hone_ontology_match (ontology, trimmed) == NULL)
    {
      for (const char *separator = "#|;"; *separator != '\0'; separator++)
        {
          char **words = split_known (trimmed, *separator, ontology);

          if (words != NULL)
            return words;
        }
    }

  return hone_read_word (trimmed);
}
