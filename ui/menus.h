#pragma once

class QMainWindow;

namespace earmark::ui {

class Actions;
class Files;
class Settings;
class Theme;

/// Fills the window's menu bar. All must outlive the window; its docks must be there already.
void fillMenus(QMainWindow &window, Actions &actions, Files &files, Settings &settings, Theme &theme);

} // namespace earmark::ui
