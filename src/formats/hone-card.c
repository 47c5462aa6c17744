/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cards of data sets: configurations, files, splits and classes. */
#include "config.h"

#include <string.h>

#include "hone-card.h"
#include "hone-columns.h"
#include "hone-yaml.h"

#define CARD "README.md"
#define MAX_CARD (4 * 1024 * 1024)

struct _HoneCard {
  HoneJson       *root;        /* (nullable) */
  char           *folder;      /* of the card inside the import, with "/" at the end */
  const HoneJson *config;      /* (nullable): that is read */
  const HoneJson *features;    /* (nullable) */
};

/* ---- loading ---- */

static gboolean
is_true (const HoneJson *value)
{
  const char *text = hone_json_get_string (value);   /* scalars of a card are text */

  return hone_json_get_boolean (value) || (text != NULL && g_ascii_strcasecmp (text, "true") == 0);
}

static const HoneJson *
find_config (const HoneJson *configs)
{
  const HoneJson *found = NULL;

  for (gsize i = 0; i < hone_json_get_size (configs); i++)
    {
      const HoneJson *config = hone_json_get_nth (configs, i);

      if (is_true (hone_json_get (config, "default")))
        return config;
      if (found == NULL && g_strcmp0 (hone_json_get_string (hone_json_get (config, "config_name")), "default") == 0)
        found = config;
    }

  return found != NULL ? found : hone_json_get_nth (configs, 0);
}

/* dataset_info describes one configuration, or is a list of them. */
static const HoneJson *
find_features (const HoneJson *root,
               const HoneJson *config)
{
  const HoneJson *info = hone_json_get (root, "dataset_info");
  const char *wanted = hone_json_get_string (hone_json_get (config, "config_name"));

  if (hone_json_get_type_of (info) != HONE_JSON_ARRAY)
    return hone_json_get (info, "features");

  for (gsize i = 0; wanted != NULL && i < hone_json_get_size (info); i++)
    {
      const HoneJson *entry = hone_json_get_nth (info, i);

      if (g_strcmp0 (hone_json_get_string (hone_json_get (entry, "config_name")), wanted) == 0)
        return hone_json_get (entry, "features");
    }

  return hone_json_get (hone_json_get_nth (info, 0), "features");
}

HoneCard *
_hone_card_load (GPtrArray *sources)
{
  const HoneSource *source = hone_sources_by_name (sources, "/" CARD);
  g_autofree char *text = source != NULL ? hone_source_load (source, NULL, MAX_CARD, NULL) : NULL;
  HoneCard *self;

  if (source == NULL)
    return NULL;

  self = g_new0 (HoneCard, 1);
  self->folder = g_strndup (source->name, strlen (source->name) - strlen (CARD));
  self->root = text != NULL ? _hone_card_parse (text, NULL) : NULL;
  self->config = find_config (hone_json_get (self->root, "configs"));
  self->features = find_features (self->root, self->config);

  return self;
}

void
_hone_card_free (HoneCard *self)
{
  if (self == NULL)
    return;

  hone_json_free (self->root);
  g_free (self->folder);
  g_free (self);
}

gboolean
_hone_card_is_readable (const HoneCard *self)
{
  return self->root != NULL;
}

gsize
_hone_card_n_configs (const HoneCard *self)
{
  return hone_json_get_size (hone_json_get (self->root, "configs"));
}

char *
_hone_card_dup_config (const HoneCard *self)
{
  return hone_json_dup_text (hone_json_get (self->config, "config_name"));
}

/* ---- files ---- */

/* A pattern, or a list of them. @folder: data_dir of the configuration. */
static gboolean
path_matches (const HoneJson *path,
              const char     *folder,
              const char     *name)
{
  const char *pattern = hone_json_get_string (path);
  g_autofree char *full = NULL;

  for (gsize i = 0; i < hone_json_get_size (path) && hone_json_get_type_of (path) == HONE_JSON_ARRAY; i++)
    {
      if (path_matches (hone_json_get_nth (path, i), folder, name))
        return TRUE;
    }
  if (pattern == NULL)
    return FALSE;
  if (g_str_has_prefix (pattern, "./"))
    pattern += 2;

  full = folder != NULL ? g_strconcat (folder, "/", pattern, NULL) : g_strdup (pattern);

  return g_pattern_match_simple (full, name);
}

/* data_files: a pattern or a list of patterns (all train), a list of {split, path}, or {split: patterns}. */
static gboolean
match_data_files (const HoneJson *files,
                  const char     *folder,
                  const char     *name,
                  int            *split)
{
  *split = HONE_SPLIT_TRAIN;
  if (hone_json_get_string (files) != NULL)
    return path_matches (files, folder, name);

  for (gsize i = 0; i < hone_json_get_size (files); i++)
    {
      const HoneJson *entry = hone_json_get_nth (files, i);
      const char *word = hone_json_get_name (files, i);      /* NULL in a list */
      const HoneJson *path = entry;

      if (word == NULL && hone_json_get_type_of (entry) == HONE_JSON_OBJECT)
        {
          word = hone_json_get_string (hone_json_get (entry, "split"));
          path = hone_json_get (entry, "path");
        }
      if (!path_matches (path, folder, name))
        continue;
      *split = word != NULL ? hone_read_split (word) : HONE_SPLIT_TRAIN;
      return TRUE;
    }

  return FALSE;
}

static char *
dup_data_dir (const HoneCard *self)
{
  const char *folder = hone_json_get_string (hone_json_get (self->config, "data_dir"));
  g_autofree char *bare = folder != NULL ? g_strdup (g_str_has_prefix (folder, "./") ? folder + 2 : folder) : NULL;

  if (bare != NULL && g_str_has_suffix (bare, "/"))
    bare[strlen (bare) - 1] = '\0';

  return bare != NULL && *bare != '\0' && strcmp (bare, ".") != 0 ? g_steal_pointer (&bare) : NULL;
}

gboolean
_hone_card_has_file (const HoneCard *self,
                     const char     *name,
                     int            *split)
{
  const HoneJson *files = hone_json_get (self->config, "data_files");
  g_autofree char *folder = dup_data_dir (self);

  *split = -1;
  /* Paths in the card begin where the card lies. */
  if (g_str_has_prefix (name, self->folder))
    name += strlen (self->folder);
  if (files != NULL)
    return match_data_files (files, folder, name, split);

  return folder == NULL || (g_str_has_prefix (name, folder) && name[strlen (folder)] == '/');
}

/* ---- columns ---- */

/* "dtype: {class_label: …}", "sequence: {class_label: …}", or the class label itself. */
static const HoneJson *
find_class_label (const HoneJson *feature,
                  gboolean       *several)
{
  static const char * const paths[] = {
    "dtype.class_label", "class_label", "sequence.class_label", "sequence.dtype.class_label", "list.class_label",
    "list.dtype.class_label",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      const HoneJson *found = hone_json_get_path (feature, paths[i]);

      if (found == NULL)
        continue;
      *several = i >= 2;
      return found;
    }

  return NULL;
}

/* Names by number: a list, or quoted numbers from 0. */
static GStrv
read_names (const HoneJson *names)
{
  gsize n = hone_json_get_size (names);
  g_auto(GStrv) list = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      char number[32];
      const HoneJson *name;

      g_snprintf (number, sizeof number, "%" G_GSIZE_FORMAT, i);
      name = hone_json_get_type_of (names) == HONE_JSON_OBJECT ? hone_json_get (names, number) : hone_json_get_nth (names, i);
      list[i] = hone_json_dup_text (name);
      if (list[i] == NULL)
        return NULL;
    }

  return n > 0 ? g_steal_pointer (&list) : NULL;
}

GStrv
_hone_card_dup_classes (const HoneCard  *self,
                        const char      *column,
                        char           **found,
                        gboolean        *several)
{
  for (gsize i = 0; i < hone_json_get_size (self->features); i++)
    {
      const HoneJson *feature = hone_json_get_nth (self->features, i);
      const char *name = hone_json_get_string (hone_json_get (feature, "name"));
      gboolean is_list = FALSE;
      const HoneJson *class_label = find_class_label (feature, &is_list);
      GStrv names;

      if (name == NULL || class_label == NULL || (column != NULL && strcmp (name, column) != 0))
        continue;
      names = read_names (hone_json_get (class_label, "names"));
      if (names == NULL)
        continue;
      if (found != NULL)
        *found = g_strdup (name);
      if (several != NULL)
        *several = is_list;
      return names;
    }

  return NULL;
}

char *
_hone_card_dup_text (const HoneCard *self)
{
  static const char * const no_texts[] = {
    "id", "label", "label_text", "split", "meta", "prediction", "outcome", "confidence", NULL,
  };
  const char *only = NULL;

  for (gsize i = 0; i < hone_json_get_size (self->features); i++)
    {
      const HoneJson *feature = hone_json_get_nth (self->features, i);
      const char *name = hone_json_get_string (hone_json_get (feature, "name"));
      const char *type = hone_json_get_string (hone_json_get (feature, "dtype"));

      if (name == NULL || (g_strcmp0 (type, "string") != 0 && g_strcmp0 (type, "large_string") != 0) || g_strv_contains (no_texts, name))
        continue;
      if (only != NULL || g_strv_contains (hone_column_names (HONE_COLUMN_TEXT), name))
        return NULL;
      only = name;
    }

  return g_strdup (only);
}
