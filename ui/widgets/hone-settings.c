/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-settings.h"

#define SCHEMA "io.github.hone_app.Hone"

/* build/data, where this program runs from build/ui/app. (nullable) */
static char *
dup_build_data (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = program ? g_path_get_dirname (program) : NULL;
  g_autofree char *data = folder ? g_build_filename (folder, "..", "..", "data", NULL) : NULL;
  g_autofree char *schemas = data ? g_build_filename (data, "gschemas.compiled", NULL) : NULL;

  return schemas && g_file_test (schemas, G_FILE_TEST_EXISTS) ? g_canonicalize_filename (data, NULL) : NULL;
}

static GSettings *
new_settings (void)
{
  GSettingsSchemaSource *installed = g_settings_schema_source_get_default ();
  g_autofree char *build = dup_build_data ();
  g_autoptr(GSettingsSchemaSource) source = NULL;
  g_autoptr(GSettingsSchema) schema = NULL;

  if (build)
    source = g_settings_schema_source_new_from_directory (build, installed, FALSE, NULL);
  else if (installed)
    source = g_settings_schema_source_ref (installed);
  schema = source ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;
  if (!schema)
    g_error ("the settings schema " SCHEMA " is not installed");
  return g_settings_new_full (schema, NULL, NULL);
}

/**
 * hone_settings_get:
 *
 * On the main thread. A program that lacks its schema is not installed, and ends.
 *
 * Returns: (transfer none): the settings
 */
GSettings *
hone_settings_get (void)
{
  static GSettings *settings;

  if (!settings)
    settings = new_settings ();
  return settings;
}

/**
 * hone_settings_dup_sample:
 *
 * Returns: (transfer full): folder of the sample's files: in the build folder where the program runs from there
 */
char *
hone_settings_dup_sample (void)
{
  char *build = dup_build_data ();

  return build ? build : g_build_filename (HONE_DATADIR, "sample", NULL);
}

/**
 * hone_settings_dup_help:
 *
 * Returns: (transfer full): folder of the help: in the build folder where the program runs from there
 */
char *
hone_settings_dup_help (void)
{
  g_autofree char *build = dup_build_data ();

  return build ? g_canonicalize_filename ("../help", build) : g_build_filename (HONE_DATADIR, "help", NULL);
}
