/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-fixture.h"

Cli *
cli_new (void)
{
  Cli *self = g_new0 (Cli, 1);

  self->folder = g_dir_make_tmp ("hone-cli-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  return self;
}

static void
remove_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
forget (Cli *self)
{
  g_clear_pointer (&self->out, g_free);
  g_clear_pointer (&self->err, g_free);
  g_clear_pointer (&self->json, json_node_unref);
}

void
cli_free (Cli *self)
{
  forget (self);
  remove_folder (self->folder);
  g_free (self->folder);
  g_free (self);
}

static GSubprocess *
spawn (Cli                *self,
       const char * const *arguments)
{
  static const char * const variables[] = { "HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
                                            "XDG_RUNTIME_DIR" };
  g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  g_autoptr(GError) error = NULL;
  const char *program = g_getenv ("HONE_CLI");
  GSubprocess *process;

  g_assert_nonnull (program);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, "home", variables[i], NULL);

      g_mkdir_with_parents (path, 0700);
      g_subprocess_launcher_setenv (launcher, variables[i], path, TRUE);
    }
  if (g_getenv ("HONE_TEST_LC_ALL"))
    g_subprocess_launcher_setenv (launcher, "LC_ALL", g_getenv ("HONE_TEST_LC_ALL"), TRUE);
  g_ptr_array_add (words, (gpointer) program);
  for (gsize i = 0; arguments[i]; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char * const *) words->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static char *
take_text (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text = g_strndup (data ? data : "", size);

  g_bytes_unref (bytes);
  return text;
}

void
cli_run_strv (Cli                *self,
              const char * const *arguments)
{
  g_autoptr(GSubprocess) process = spawn (self, arguments);
  GBytes *out = NULL, *err = NULL;
  g_autoptr(GError) error = NULL;

  forget (self);
  g_subprocess_communicate (process, NULL, NULL, &out, &err, &error);
  g_assert_no_error (error);
  self->out = take_text (out);
  self->err = take_text (err);
  g_assert_true (g_subprocess_get_if_exited (process));
  self->status = g_subprocess_get_exit_status (process);
  if (g_strv_contains (arguments, "--json") && *self->out == '{')
    {
      self->json = json_from_string (self->out, &error);
      g_assert_no_error (error);
    }
}

static GPtrArray *
collect (va_list args)
{
  GPtrArray *words = g_ptr_array_new ();
  const char *word;

  while ((word = va_arg (args, const char *)))
    g_ptr_array_add (words, (gpointer) word);
  g_ptr_array_add (words, NULL);
  return words;
}

void
cli_run (Cli *self,
         ...)
{
  g_autoptr(GPtrArray) words = NULL;
  va_list args;

  va_start (args, self);
  words = collect (args);
  va_end (args);
  cli_run_strv (self, (const char * const *) words->pdata);
}

GSubprocess *
cli_start (Cli *self,
           ...)
{
  g_autoptr(GPtrArray) words = NULL;
  va_list args;

  va_start (args, self);
  words = collect (args);
  va_end (args);
  return spawn (self, (const char * const *) words->pdata);
}

void
cli_write (Cli        *self,
           const char *name,
           const char *text)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

char *
cli_read (Cli        *self,
          const char *name)
{
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

gboolean
cli_has_engine (void)
{
  const char *engine = g_getenv ("HONE_ENGINE");

  if (engine && g_file_test (engine, G_FILE_TEST_IS_EXECUTABLE))
    return TRUE;
  g_test_skip ("hone-engine is not built");
  return FALSE;
}

JsonNode *
cli_node (Cli        *self,
          const char *path)
{
  g_auto(GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = self->json;

  g_assert_nonnull (node);
  for (gsize i = 0; names[i] && node; i++)
    {
      if (JSON_NODE_HOLDS_OBJECT (node))
        node = json_object_get_member (json_node_get_object (node), names[i]);
      else if (JSON_NODE_HOLDS_ARRAY (node) && g_ascii_strtoull (names[i], NULL, 10) < json_array_get_length (json_node_get_array (node)))
        node = json_array_get_element (json_node_get_array (node), g_ascii_strtoull (names[i], NULL, 10));
      else
        node = NULL;
    }
  return node;
}

static JsonNode *
need (Cli        *self,
      const char *path)
{
  JsonNode *node = cli_node (self, path);

  if (node == NULL)
    g_test_message ("there is no “%s” in %s", path, self->out);
  g_assert_nonnull (node);
  return node;
}

gint64
cli_int (Cli        *self,
         const char *path)
{
  JsonNode *node = need (self, path);

  g_assert_cmpuint (json_node_get_value_type (node), ==, G_TYPE_INT64);
  return json_node_get_int (node);
}

double
cli_double (Cli        *self,
            const char *path)
{
  return json_node_get_double (need (self, path));
}

const char *
cli_string (Cli        *self,
            const char *path)
{
  return json_node_get_string (need (self, path));
}
